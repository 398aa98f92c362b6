import type { IncomingMessage, ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { LoopbackServer } from './loopback-server.ts';
import { readSpans } from './otlp-reading.ts';
import { commitFault, ScriptedFaults } from './scripted-faults.ts';
import type { Fault } from './scripted-faults.ts';

/** One request, as it arrived. */
export type OtlpPost = {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: number;
  readonly at: number;
  status: number;
  spanCount: number;
};

const JsonRequest = z.object({
  resourceSpans: z.array(
    z.object({ scopeSpans: z.array(z.object({ spans: z.array(z.object({ name: z.string() })) })) }),
  ),
});

export type StrictOtlpOptions = {
  /** Larger bodies are answered 413. Default: none is too large. */
  readonly maxBodyBytes?: number;
  /** A request with a span of this name is answered 400. */
  readonly poison?: string;
  /** So many spans of each request are rejected, by a partial success. */
  readonly rejectedSpans?: number;
};

/** A real receiver of OTLP over HTTP, as JSON and as Protocol Buffers. It can be told to fail. */
export class StrictOtlp {
  /** The names of the spans that were taken, in order of arrival. */
  readonly names: string[] = [];
  readonly posts: OtlpPost[] = [];
  readonly #options: StrictOtlpOptions;
  readonly #faults = new ScriptedFaults();
  readonly #server = new LoopbackServer((request, response) => {
    this.#handle(request, response).catch(() => response.destroy());
  });

  constructor(options: StrictOtlpOptions = {}) {
    this.#options = options;
  }

  get origin(): string {
    return this.#server.origin;
  }

  get url(): string {
    return `${this.origin}/v1/traces`;
  }

  async start(port = 0): Promise<this> {
    await this.#server.start(port);
    return this;
  }

  async close(): Promise<void> {
    await this.#server.close();
  }

  failNext(fault: Fault): void {
    this.#faults.add(fault);
  }

  heal(): void {
    this.#faults.clear();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#faults.next();
    if (fault !== undefined && 'resetInBody' in fault) {
      request.once('data', () => commitFault(fault, request, response));
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(Buffer.from(chunk));
    }
    const body = Buffer.concat(chunks);
    const post: OtlpPost = {
      url: request.url ?? '',
      headers: request.headers,
      bytes: body.length,
      at: Date.now(),
      status: 0,
      spanCount: 0,
    };
    this.posts.push(post);
    if (fault !== undefined && !('dripMillis' in fault)) {
      post.status = commitFault(fault, request, response);
      return;
    }
    post.status = this.#take(post, body);
    if (fault === undefined) {
      this.#answer(post, response);
    } else {
      commitFault(fault, request, response);
    }
  }

  #take(post: OtlpPost, body: Buffer): number {
    const { maxBodyBytes = Infinity, poison, rejectedSpans = 0 } = this.#options;
    if (body.length > maxBodyBytes) {
      return 413;
    }
    const plain = post.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const names = namesIn(plain, post.headers['content-type']);
    if (names === undefined) {
      return 415;
    }
    if (poison !== undefined && names.includes(poison)) {
      return 400;
    }
    post.spanCount = names.length;
    this.names.push(...names.slice(0, names.length - rejectedSpans));
    return 200;
  }

  #answer({ status, headers }: OtlpPost, response: ServerResponse): void {
    const { rejectedSpans = 0 } = this.#options;
    const isJson = headers['content-type'] === 'application/json';
    const partial = { partialSuccess: { rejectedSpans: String(rejectedSpans), errorMessage: 'too old' } };
    response.writeHead(status, { 'content-type': headers['content-type'] ?? 'text/plain' });
    if (status !== 200 || rejectedSpans === 0) {
      response.end(isJson ? '{}' : '');
    } else {
      // partial_success { rejected_spans, error_message }
      response.end(
        isJson
          ? JSON.stringify(partial)
          : Buffer.from([10, 11, 8, rejectedSpans, 18, 7, ...Buffer.from('too old')]),
      );
    }
  }
}

function namesIn(body: Buffer, contentType: string | undefined): readonly string[] | undefined {
  if (contentType === 'application/x-protobuf') {
    return readSpans(body).map(({ name }) => name);
  }
  if (contentType !== 'application/json') {
    return undefined;
  }
  return JsonRequest.parse(JSON.parse(body.toString('utf8'))).resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ name }) => name)),
  );
}
