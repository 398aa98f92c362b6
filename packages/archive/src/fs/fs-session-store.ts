import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionStore } from '@clew/core';
import { codeOf } from './error-code.ts';
import { isIdle, readSessionFolders, removeSessionFolder } from './session-folders.ts';
import { takeLock } from './lock-file.ts';
import type { Held } from './lock-file.ts';
import { sessionFolder } from '../session-folder.ts';

export type FsSessionStoreOptions = {
  /** The folder below which each session has its own. */
  readonly path: string;
  /** How long a process may hold a session before another takes it over, in milliseconds. Default 300,000. */
  readonly lockLimitMillis?: number;
  /** A session that nobody has touched for so long is forgotten, in milliseconds. Default: none is. */
  readonly maxIdleMillis?: number;
  readonly now?: () => number;
  readonly random?: () => number;
};

/** What this process has saved, and the mark of the file that holds it. */
type Last = { readonly state: unknown; readonly written: string };

/** Sessions whose state stays in memory, too. */
const maxRemembered = 32;
const forgetEveryMillis = 3_600_000;

/**
 * Keeps what the engine knows of each session in files, so that a restarted process, or another one, goes on with the
 * same summary: `{path}/{session}/state.json`, complete or absent, readable by its owner only. What stays in the
 * context is in it word for word, secrets included: a splice that is not put back to the byte is no use to the
 * provider's cache.
 */
export class FsSessionStore implements SessionStore {
  readonly #path: string;
  readonly #maxIdleMillis: number;
  #forgotAt = -Infinity;
  readonly #lock: { readonly limitMillis: number; readonly now: () => number; readonly random: () => number };
  readonly #held = new Map<string, Held>();
  readonly #last = new Map<string, Last>();

  constructor({
    path,
    lockLimitMillis = 300_000,
    maxIdleMillis = Infinity,
    now = Date.now,
    random = Math.random,
  }: FsSessionStoreOptions) {
    this.#path = path;
    this.#maxIdleMillis = maxIdleMillis;
    this.#lock = { limitMillis: lockLimitMillis, now, random };
  }

  async load(sessionId: string, signal: AbortSignal): Promise<unknown> {
    const file = this.#file(sessionId);
    let text: string;
    try {
      const written = await writtenAt(file);
      const last = this.#last.get(sessionId);
      if (last !== undefined && written === last.written) return last.state;
      text = await readFile(file, { encoding: 'utf8', signal });
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    try {
      return JSON.parse(text) as unknown;
    } catch {
      // Put aside for whoever wants to look: the session starts afresh, and its next state takes the name.
      await rename(file, `${file}.damaged`);
      return undefined;
    }
  }

  async save(sessionId: string, state: unknown, signal: AbortSignal): Promise<void> {
    const held = this.#held.get(sessionId);
    if (held !== undefined && !(await held.isOurs())) {
      throw new Error(
        `Session ${sessionId} was held for too long, and another process has it: nothing is saved.`,
      );
    }
    const folder = await this.#folder(sessionId);
    const aside = join(folder, `.${randomUUID()}.part`);
    try {
      await writeFile(aside, JSON.stringify(state), { mode: 0o600, signal });
      // Of the file before it has its name: what another process renames there is told apart.
      this.#remember(sessionId, { state, written: await writtenAt(aside) });
      await rename(aside, this.#file(sessionId));
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
    const now = this.#lock.now();
    if (this.#maxIdleMillis === Infinity || now - this.#forgotAt < forgetEveryMillis) return;
    this.#forgotAt = now;
    // Not waited for: what cannot be removed is tried again.
    this.forgetIdle(new AbortController().signal).catch(() => {});
  }

  /** Removes the sessions that nobody has touched for too long; it comes by itself with a save, once an hour. */
  async forgetIdle(signal: AbortSignal): Promise<void> {
    const now = this.#lock.now();
    for (const folder of await readSessionFolders(this.#path, signal)) {
      if (isIdle(folder, this.#maxIdleMillis, now)) await removeSessionFolder(this.#path, folder.path);
    }
  }

  /** The engine goes on faster from the very state that it saved: nothing is read and checked again. */
  #remember(sessionId: string, last: Last): void {
    this.#last.delete(sessionId);
    this.#last.set(sessionId, last);
    const [oldest] = this.#last.keys();
    if (this.#last.size > maxRemembered && oldest !== undefined) this.#last.delete(oldest);
  }

  async lock(sessionId: string, signal: AbortSignal): Promise<() => Promise<void>> {
    const folder = await this.#folder(sessionId);
    const held = await takeLock(join(folder, 'state.lock'), this.#lock, signal);
    this.#held.set(sessionId, held);
    return async () => {
      this.#held.delete(sessionId);
      await held.release();
    };
  }

  async #folder(sessionId: string): Promise<string> {
    const folder = join(this.#path, sessionFolder(sessionId));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  #file(sessionId: string): string {
    return join(this.#path, sessionFolder(sessionId), 'state.json');
  }
}

/** Tells one file from any other that was ever written: each save makes a new one. */
async function writtenAt(path: string): Promise<string> {
  const { ino, mtimeNs, size } = await stat(path, { bigint: true });
  return `${ino} ${mtimeNs} ${size}`;
}
