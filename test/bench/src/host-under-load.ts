import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

type Usage = { readonly cpuMillis: number; readonly peakMib: number };

/** A server in a process of its own. */
export type Server = {
  readonly url: string;
  /** Milliseconds until it listened, where it says so. */
  readonly startMillis: number;
  usage(): Promise<Usage | undefined>;
  close(): Promise<void>;
};

export async function startHost(database: string): Promise<Server> {
  const child = fork(fileURLToPath(new URL('host-server.js', import.meta.url)), [database]);
  const [told]: unknown[] = await once(child, 'message');
  const { url, startMillis } = Object(told);
  return {
    url: String(url),
    startMillis: Number(startMillis),
    async usage() {
      child.send('usage');
      const [usage]: unknown[] = await once(child, 'message');
      const { cpuMillis, peakMib } = Object(usage);
      return { cpuMillis: Number(cpuMillis), peakMib: Number(peakMib) };
    },
    async close() {
      child.disconnect();
      await ended(child);
    },
  };
}

/** The real Ariadne, out of the folder of its built clone. */
export async function startAriadne(folder: string): Promise<Server> {
  const port = await freePort();
  const api = join(folder, 'api');
  const child = fork(join(api, 'dist', 'index.js'), [], {
    cwd: api,
    silent: true,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port) },
  });
  child.stdout?.resume();
  child.stderr?.resume();
  const url = `http://127.0.0.1:${port}`;
  await untilHealthy(url);
  return {
    url,
    startMillis: NaN,
    usage: () => Promise.resolve(usageOf(child.pid)),
    async close() {
      child.kill();
      await ended(child);
    },
  };
}

/** What the kernel says of a process that does not speak for itself; nothing where it does not tell. */
function usageOf(pid: number | undefined): Usage | undefined {
  const path = `/proc/${pid}`;
  if (!existsSync(path)) return undefined;
  const fields = readFileSync(`${path}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`${path}/status`, 'utf8'))?.[1];
  // The kernel counts in hundredths of a second.
  return { cpuMillis: (Number(fields[11]) + Number(fields[12])) * 10, peakMib: Number(peak) / 1024 };
}

async function untilHealthy(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const response = await fetch(`${url}/healthz`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok === true) return;
    await sleep(50);
  }
  throw new Error(`Expected the Ariadne at ${url} to answer within ten seconds, but it did not.`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
