import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxBodyBytes } from '../ariadne/ariadne-event.ts';
import { Payload, truncateBody } from './ariadne-rules.ts';
import type { ReceivedEvent } from './ariadne-rules.ts';
import { LoopbackServer } from './loopback-server.ts';
import { commitFault, ScriptedFaults } from './scripted-faults.ts';
import type { Fault } from './scripted-faults.ts';

/** One request to `/ingest`, as it arrived. */
export type Post = {
  readonly headers: IncomingMessage['headers'];
  /** `undefined` where the request had no Content-Length. */
  readonly contentLength: number | undefined;
  readonly bytes: number;
  /** When it had arrived, in epoch milliseconds. */
  readonly at: number;
  /** What it was answered with; 0 for a request that was left hanging or cut off. */
  status: number;
  /** Events that were stored. */
  eventCount: number;
};

export type StrictAriadneOptions = {
  /** A smaller limit, as a proxy in front of Ariadne may set. Default 262,144. */
  readonly maxBodyBytes?: number;
};

/**
 * A real HTTP server that keeps Ariadne's rules to the letter: the size limit by Content-Length, the shapes, one bad
 * event failing its whole batch, no gzip, a live stream without replay. It can be told to fail.
 */
export class StrictAriadne {
  readonly events: ReceivedEvent[] = [];
  readonly posts: Post[] = [];
  readonly #faults = new ScriptedFaults();
  readonly #listeners = new Set<ServerResponse>();
  readonly #maxBodyBytes: number;
  readonly #server = new LoopbackServer((request, response) => {
    void this.#handle(request, response);
  });

  constructor(options: StrictAriadneOptions = {}) {
    this.#maxBodyBytes = options.maxBodyBytes ?? maxBodyBytes;
  }

  /** The address of `/ingest`. */
  get url(): string {
    return `${this.#server.origin}/ingest`;
  }

  /** Listens on 127.0.0.1. Port 0 takes any that is free. */
  async start(port = 0): Promise<this> {
    await this.#server.start(port);
    return this;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  /** Scripts what happens to the next requests to `/ingest`, after what was scripted before. */
  failNext(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Forgets the faults that have not happened yet. */
  heal(): void {
    this.#faults.clear();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://ariadne');
    if (request.method === 'GET' && pathname === '/healthz') {
      answer(response, 200, { status: 'ok', timestamp: now(), events: { count: this.events.length } });
    } else if (request.method === 'GET' && pathname === '/events') {
      this.#listen(response, searchParams);
    } else if (request.method === 'POST' && pathname === '/ingest') {
      await this.#ingest(request, response);
    } else {
      answer(response, 404, { error: 'Not found' });
    }
  }

  async #ingest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#faults.next();
    if (fault !== undefined && 'resetInBody' in fault) {
      request.once('data', () => commitFault(fault, request, response));
      return;
    }
    const body = await readAll(request);
    if (body === undefined) {
      return;
    }
    const declared = request.headers['content-length'];
    const post: Post = {
      headers: request.headers,
      contentLength: declared === undefined ? undefined : Number(declared),
      bytes: body.length,
      at: Date.now(),
      status: 0,
      eventCount: 0,
    };
    this.posts.push(post);
    if (fault === undefined || 'dripMillis' in fault) {
      const [status, result] = this.#take(post, body);
      post.status = status;
      if (fault === undefined) answer(response, status, result);
      else commitFault(fault, request, response);
    } else {
      post.status = commitFault(fault, request, response);
    }
  }

  #take(post: Post, body: Buffer): [status: number, result: unknown] {
    if (post.contentLength !== undefined && post.contentLength > this.#maxBodyBytes) {
      return [413, { error: 'Payload too large' }];
    }
    let truncated: unknown;
    try {
      truncated = truncateBody(JSON.parse(body.toString('utf8')));
    } catch (error) {
      return [500, { error: 'Internal server error', message: String(error) }];
    }
    const payload = Payload.safeParse(truncated);
    if (!payload.success) {
      return [400, { error: 'Validation failed', details: payload.error.issues }];
    }
    const events = 'batch' in payload.data ? payload.data.batch : [payload.data];
    for (const event of events) {
      this.events.push(event);
      this.#broadcast(event);
    }
    post.eventCount = events.length;
    return [200, { success: true, count: events.length }];
  }

  #listen(response: ServerResponse, filter: URLSearchParams): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    response.write(`data: ${JSON.stringify({ type: 'connected', timestamp: now() })}\n\n`);
    filters.set(response, filter);
    this.#listeners.add(response);
    response.on('close', () => this.#listeners.delete(response));
  }

  #broadcast(event: ReceivedEvent): void {
    for (const listener of this.#listeners) {
      if (isWanted(event, filters.get(listener))) {
        listener.write(`data: ${JSON.stringify(event)}\n\n`);
      }
    }
  }
}

const filters = new WeakMap<ServerResponse, URLSearchParams>();

function isWanted(event: ReceivedEvent, filter: URLSearchParams | undefined): boolean {
  const traceId = filter?.get('traceId');
  const kinds = filter?.get('kinds')?.split(',');
  if (traceId && event.trace_id !== traceId) {
    return false;
  }
  return kinds === undefined || event.type === 'trace' || kinds.includes(event.kind ?? '');
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** The whole body, or `undefined` where the client left before it was sent. */
async function readAll(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) {
      chunks.push(Buffer.from(chunk));
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function now(): string {
  return new Date().toISOString();
}
