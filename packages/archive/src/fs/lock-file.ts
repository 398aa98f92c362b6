import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { codeOf } from './error-code.ts';

const Holder = z.object({
  token: z.string(),
  until: z.number(),
  /** The process that holds it, where that can be asked after. */
  host: z.string().exactOptional(),
  pid: z.number().int().positive().exactOptional(),
});
type Holder = z.infer<typeof Holder>;

/** How long to wait between two looks at a lock that somebody holds, in milliseconds. */
const pollMillis = { least: 10, most: 50 };

export type LockOptions = {
  /** After this the lock is anybody's, in milliseconds: its holder has died. */
  readonly limitMillis: number;
  readonly now: () => number;
  readonly random: () => number;
};

/** What is held: by whom, and how to give it back. */
export type Held = {
  /** Whether it is still ours: a holder that took too long has lost it. */
  isOurs(): Promise<boolean>;
  release(): Promise<void>;
};

/**
 * Takes a lock that processes share: a file that is there, complete, or is not. Its holder's end of time is in it,
 * so that a machine that dies keeps nobody waiting for longer than the limit; and its process, so that on the same
 * machine nobody waits for one that is gone.
 *
 * Rejects with the signal's reason where it was not to be had before that.
 */
export async function takeLock(path: string, options: LockOptions, signal: AbortSignal): Promise<Held> {
  const { limitMillis, now, random } = options;
  const token = randomUUID();
  for (;;) {
    signal.throwIfAborted();
    const mine = { token, until: now() + limitMillis, host: hostname(), pid: process.pid };
    if (await create(path, mine)) break;
    const holder = await read(path);
    if (holder !== undefined && (holder.until <= now() || isGone(holder))) await evict(path, holder);
    else
      await sleep(pollMillis.least + random() * (pollMillis.most - pollMillis.least), undefined, { signal });
  }
  const isOurs = async () => {
    const holder = await read(path);
    return holder?.token === token && holder.until > now();
  };
  return {
    isOurs,
    release: async () => {
      if (await isOurs()) await rm(path, { force: true });
    },
  };
}

/** @returns false where somebody holds it */
async function create(path: string, holder: Holder): Promise<boolean> {
  const aside = `${path}.${holder.token}`;
  const file = await open(aside, 'w', 0o600);
  try {
    await file.writeFile(JSON.stringify(holder));
  } finally {
    await file.close();
  }
  try {
    await link(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function read(path: string): Promise<Holder | undefined> {
  try {
    return Holder.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    // Not written by us: a lock that nobody can hold.
    return { token: '', until: 0 };
  }
}

/** Whether its process has ended on this machine. Of another machine nobody knows. */
function isGone({ host, pid }: Holder): boolean {
  if (host !== hostname() || pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** Takes a lock away from a holder that is gone or has run out of time, and gives it back where another had been faster. */
async function evict(path: string, { token }: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const taken = await read(aside);
  // Where yet another holds it by now, this one finds out before it saves.
  if (taken?.token !== token) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}
