import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseOptions, parseRunLogLine } from '@clew/core';
import type { RunLog, RunLogLine } from '@clew/core';
import { z } from 'zod';
import { sessionFolder } from '../session-folder.ts';
import { appendLines, nameOfEnd } from './append-lines.ts';
import { codeOf } from './error-code.ts';
import { readLines } from './read-lines.ts';
import { isIdle, readSessionFolders, removeSessionFolder } from './session-folders.ts';

const syncPolicies = ['always', 'compactions', 'never'] as const;
/**
 * When a log waits for the disk. Whatever it is, what was appended survives the process; a loss of power may take what
 * was not synced. `compactions`: an append that holds more than items is, and all before it with it.
 */
export type RunLogSync = (typeof syncPolicies)[number];

const Options = z.strictObject({
  path: z.string().min(1),
  sync: z.enum(syncPolicies).default('compactions'),
  maxIdleMillis: z.number().positive().optional(),
});
export type FsRunLogOptions = {
  /** The folder below which each session has its own. */
  readonly path: string;
  /** Default `compactions`. */
  readonly sync?: RunLogSync | undefined;
  /** The log of a session that nobody has written to for so long is removed, in milliseconds. Default: none is. */
  readonly maxIdleMillis?: number | undefined;
  readonly now?: (() => number) | undefined;
};

const forgetEveryMillis = 3_600_000;

/**
 * Run logs as files: `{path}/{session}/run-log.jsonl`, a line of JSON each, readable by its owner only. Lines are only
 * ever added, those of several processes too; one that a crash has cut short is passed by.
 */
export class FsRunLog implements RunLog {
  readonly name = 'fs';
  readonly #path: string;
  readonly #sync: RunLogSync;
  readonly #maxIdleMillis: number | undefined;
  readonly #now: () => number;
  #forgotAt = -Infinity;

  /** @throws CompactError `invalid_options` */
  constructor({ now = Date.now, ...options }: FsRunLogOptions) {
    const { path, sync, maxIdleMillis } = parseOptions(Options, options, 'The options of FsRunLog');
    this.#path = path;
    this.#sync = sync;
    this.#maxIdleMillis = maxIdleMillis;
    this.#now = now;
  }

  async append(sessionId: string, lines: readonly RunLogLine[], signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    await mkdir(this.#folder(sessionId), { recursive: true, mode: 0o700 });
    const isSynced =
      this.#sync === 'always' || (this.#sync === 'compactions' && lines.some(({ type }) => type !== 'item'));
    const end = await appendLines(
      this.#file(sessionId),
      lines.map((line) => JSON.stringify(line)),
      isSynced,
    );
    this.#forgetWhereDue();
    return end;
  }

  async end(sessionId: string): Promise<string> {
    try {
      return nameOfEnd(await stat(this.#file(sessionId)));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return '';
      throw error;
    }
  }

  async *read(sessionId: string, signal: AbortSignal): AsyncIterable<RunLogLine> {
    for await (const text of readLines(this.#file(sessionId), signal)) {
      const line = parseRunLogLine(text);
      // Where names do not tell upper case from lower, two sessions may share a folder.
      if (line?.session_id === sessionId) yield line;
    }
  }

  /** Removes the logs that nobody has written to for too long; it comes by itself with an append, once an hour. */
  async forgetIdle(signal: AbortSignal): Promise<void> {
    const maxIdleMillis = this.#maxIdleMillis;
    if (maxIdleMillis === undefined) return;
    for (const folder of await readSessionFolders(this.#path, signal)) {
      if (isIdle(folder, maxIdleMillis, this.#now())) await removeSessionFolder(this.#path, folder.path);
    }
  }

  #forgetWhereDue(): void {
    const now = this.#now();
    if (this.#maxIdleMillis === undefined || now - this.#forgotAt < forgetEveryMillis) return;
    this.#forgotAt = now;
    // Not waited for: what cannot be removed is tried again.
    this.forgetIdle(new AbortController().signal).catch(() => {});
  }

  #folder(sessionId: string): string {
    return join(this.#path, sessionFolder(sessionId));
  }

  #file(sessionId: string): string {
    return join(this.#folder(sessionId), 'run-log.jsonl');
  }
}
