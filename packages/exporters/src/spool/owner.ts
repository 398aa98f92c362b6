import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Whose a folder of the spool is: its name says the host, the process and when that started, so that a number that the
 * system gave to another process since is not taken for the owner.
 */
type Owner = { readonly host: string; readonly pid: number; readonly started: string };

/** An owner on another machine (or in another container) is gone when nothing was touched for so long. */
const silentMillis = 10 * 60_000;

export function thisOwner(): Owner {
  return { host: hostname().replaceAll(/[^\w.]/g, '_'), pid: process.pid, started: startOf(process.pid) };
}

/** `serial` tells the folders of one process apart. */
export function folderName({ host, pid, started }: Owner, serial: string): string {
  return `${host}-${pid}-${started}-${serial}`;
}

export function ownerOf(name: string): Owner | undefined {
  const [, host, pid, started] = /^(.+)-(\d+)-(\d+)-[^-]+$/.exec(name) ?? [];
  return host === undefined || pid === undefined || started === undefined
    ? undefined
    : { host, pid: Number(pid), started };
}

/** Whether it is this process, which may have let go of the folder since. */
export function isOwn(owner: Owner): boolean {
  const { host, pid, started } = thisOwner();
  return owner.host === host && owner.pid === pid && owner.started === started;
}

/** Whether nobody writes to the folder any more. What this process has open it has to know by itself. */
export function isGone(owner: Owner, path: string, now: number): boolean {
  const own = thisOwner();
  if (owner.host !== own.host) {
    return now - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > silentMillis;
  }
  return !isAlive(owner.pid) || (owner.started !== '0' && startOf(owner.pid) !== owner.started);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, but somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** When a process started, in ticks of the kernel since it was booted; 0 where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold spaces; the start is the 20th field behind it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}
