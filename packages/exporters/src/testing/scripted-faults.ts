import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a server does instead of its work. */
export type Fault = (
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** It reads the request and never answers. */
  | { readonly hang: true }
  /** It cuts the connection when it has read the request. */
  | { readonly reset: true }
  /** It cuts the connection while the request is still being sent. */
  | { readonly resetInBody: true }
  /** It answers one byte at a time, so many milliseconds apart, and is never done. */
  | { readonly dripMillis: number }
) & {
  /** How many requests it happens to. Default 1. */
  readonly times?: number;
};

/** Faults in the order in which they were scripted. */
export class ScriptedFaults {
  readonly #faults: { readonly fault: Fault; left: number }[] = [];

  /** `Infinity` times is for ever. */
  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  /** The one that the next request meets. */
  next(): Fault | undefined {
    const [first] = this.#faults;
    if (first === undefined) {
      return undefined;
    }
    first.left -= 1;
    if (first.left === 0) {
      this.#faults.shift();
    }
    return first.fault;
  }

  clear(): void {
    this.#faults.length = 0;
  }
}

/** Lets a fault happen. Returns the status that was answered; 0 where none was. */
export function commitFault(fault: Fault, { socket }: IncomingMessage, response: ServerResponse): number {
  if ('status' in fault) {
    response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers });
    response.end(fault.body ?? '');
    return fault.status;
  }
  if ('dripMillis' in fault) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000_000 });
    const timer = setInterval(() => response.write(' '), fault.dripMillis);
    socket.on('close', () => clearInterval(timer));
    return 200;
  }
  if (!('hang' in fault)) {
    socket.resetAndDestroy();
  }
  return 0;
}
