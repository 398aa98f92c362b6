import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a prompt over the limit is refused: by status, or by an event on a stream that had begun. */
export type RefusalMode = 'status' | 'event';

/** Speaks the Responses API on the loopback, with a window of its own and a cache of the prompt before. */
export class ResponsesServer {
  /** Tokens of each prompt that came, by a count of its own: a token for four characters of JSON. */
  readonly prompts: { readonly tokens: number; readonly isRefused: boolean }[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #limit: number;
  readonly #mode: RefusalMode;
  /** The prompt that was answered last, in parts. */
  #cached: readonly string[] = [];

  constructor({ limitTokens, mode = 'status' }: { limitTokens: number; mode?: RefusalMode }) {
    this.#limit = limitTokens;
    this.#mode = mode;
  }

  /** @returns the base URL */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/v1`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { input, stream, instructions, tools } = JSON.parse(Buffer.concat(chunks).toString()) as {
      readonly input: unknown;
      readonly instructions?: unknown;
      readonly tools?: unknown;
      readonly stream?: boolean;
    };
    const tokens = Math.ceil(JSON.stringify(input).length / 4);
    const isRefused = tokens > this.#limit;
    this.prompts.push({ tokens, isRefused });
    if (isRefused && (this.#mode === 'status' || stream !== true)) {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error: refusal }));
      return;
    }
    const parts = [
      instructions ?? '',
      tools ?? '',
      ...(Array.isArray(input) ? (input as unknown[]) : [input]),
    ];
    const body = isRefused ? failed : answered(tokens, Math.min(tokens, this.#read(parts)));
    if (stream !== true) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const events = isRefused
      ? [{ type: 'response.failed', response: body }]
      : [
          {
            type: 'response.output_text.delta',
            item_id: 'msg_1',
            output_index: 0,
            content_index: 0,
            delta: 'Done.',
          },
          { type: 'response.completed', response: body },
        ];
    const all = [
      { type: 'response.created', response: { ...started } },
      { type: 'response.in_progress', response: { ...started } },
      ...events,
    ];
    for (const [index, event] of all.entries()) {
      response.write(
        `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: index })}\n\n`,
      );
    }
    response.end();
  }

  /** Tokens that this prompt has in common with the one before, which it replaces. */
  #read(parts: readonly unknown[]): number {
    const texts = parts.map((part) => JSON.stringify(part));
    const before = this.#cached;
    this.#cached = texts;
    const first = texts.findIndex((text, index) => text !== before[index]);
    const same = texts.slice(0, first === -1 ? texts.length : first).join('');
    const tokens = Math.floor(same.length / 4);
    return tokens < leastCached ? 0 : tokens;
  }
}

/** A beginning shorter than this is not cached. */
const leastCached = 1024;

const refusal = {
  message: 'Your input exceeds the context window of this model. Please adjust your input and try again.',
  type: 'invalid_request_error',
  param: 'input',
  code: 'context_length_exceeded',
};
const started = { id: 'resp_1', object: 'response', status: 'in_progress', output: [] };
const failed = { ...started, status: 'failed', error: { code: refusal.code, message: refusal.message } };

function answered(tokens: number, cached: number): object {
  return {
    ...started,
    status: 'completed',
    output: [
      {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
      },
    ],
    usage: {
      input_tokens: tokens,
      output_tokens: 2,
      total_tokens: tokens + 2,
      input_tokens_details: { cached_tokens: cached },
      output_tokens_details: { reasoning_tokens: 0 },
    },
  };
}
