import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { TiktokenCounter } from '@clew/core';
import { LoopbackServer } from '../loopback-server.ts';
import { ChatRequest, checkChatMessages } from './chat-rules.ts';
import { completionChunks, completionOf } from './chat-wire.ts';
import { ApiRefusal } from './reply.ts';
import type { ReplyItem } from './reply.ts';
import { parseRequest } from './parse-request.ts';
import { ResponsesApi } from './responses-api.ts';
import type { Received } from './responses-api.ts';
import { responseEvents, responseId, responseOf, responsesOutput } from './responses-wire.ts';
import type { WireReply } from './responses-wire.ts';

export type StrictOpenAIOptions = {
  /** What a prompt may have at most, in tokens of js-tiktoken, with 4 for each item. */
  readonly contextTokens: number;
  /** Whether it compacts: `context_management` and `/v1/responses/compact`. Default true. */
  readonly knowsCompaction?: boolean;
};

/** What a request is answered with, by its body; `undefined`: with what is next in the script. */
export type Responder = (body: unknown) => readonly ReplyItem[] | undefined;

/** One request, as it was answered. */
export type AnsweredRequest = {
  readonly path: string;
  readonly isStreamed: boolean;
  readonly inputTokens: number;
  readonly status: number;
  /** Why it was refused. */
  readonly error?: { readonly message: string; readonly code: string | null };
  readonly body: unknown;
};

/**
 * A double of OpenAI on loopback: `/v1/responses` and `/v1/chat/completions`, streamed or not. It answers what was
 * scripted, in order, and refuses with a 400 what the API refuses: calls and results that do not match, reasoning
 * without what it led to and what it led to without the reasoning, parameters that nobody knows, an id twice, and a
 * prompt over the context limit. A request that nobody scripted gets a 500.
 *
 * It compacts as the API does: over `compact_threshold` within a call, and at `/v1/responses/compact`; its item has to
 * come back as it was. It holds what it was sent, for `previous_response_id` and `conversation`.
 */
export class StrictOpenAI {
  readonly requests: AnsweredRequest[] = [];
  #server: LoopbackServer | undefined;
  readonly #contextTokens: number;
  readonly #script: (readonly ReplyItem[])[] = [];
  readonly #responses: ResponsesApi;
  readonly #counter = new TiktokenCounter();
  readonly #weights = new Map<string, number>();
  #respond: Responder = () => undefined;
  #number = 0;

  private constructor({ contextTokens, knowsCompaction = true }: StrictOpenAIOptions) {
    this.#contextTokens = contextTokens;
    const total = (parts: readonly unknown[]) => this.#total(parts);
    this.#responses = new ResponsesApi({ contextTokens, knowsCompaction, total });
  }

  static async start(options: StrictOpenAIOptions): Promise<StrictOpenAI> {
    const double = new StrictOpenAI(options);
    double.#server = await LoopbackServer.start((request, response) => double.#answer(request, response));
    return double;
  }

  /** For `new OpenAI({ baseURL })`. */
  get baseURL(): string {
    return `${this.#server?.origin ?? ''}/v1`;
  }

  /** What the next requests are answered with, one after the other. */
  script(...replies: readonly (readonly ReplyItem[])[]): void {
    this.#script.push(...replies);
  }

  /** Answers requests by what they ask, before the script is looked at: those of a model that writes summaries, say. */
  respond(responder: Responder): void {
    this.#respond = responder;
  }

  /** Requests that were refused with this status. */
  refused(status = 400): readonly AnsweredRequest[] {
    return this.requests.filter((request) => request.status === status);
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse(await text(request));
    const path = request.url ?? '';
    const isStreamed = typeof body === 'object' && body !== null && Reflect.get(body, 'stream') === true;
    const note = { path, isStreamed, body };
    let inputTokens = 0;
    try {
      if (path.endsWith('/responses/compact')) {
        const compacted = this.#responses.compact(body);
        ({ inputTokens } = compacted);
        this.requests.push({ ...note, inputTokens, status: 200 });
        return send(response, compacted.answer);
      }
      const received = path.endsWith('/responses') ? this.#responses.receive(body) : undefined;
      inputTokens = received?.inputTokens ?? this.#checkChat(body);
      const items = this.#respond(body) ?? this.#script.shift();
      if (items === undefined) throw new Error(`Request ${this.requests.length + 1} was not scripted.`);
      const reply = this.#replyOf(body, items, inputTokens);
      this.requests.push({ ...note, inputTokens, status: 200 });
      if (received === undefined) sendCompletion(response, reply, isStreamed);
      else this.#sendResponse(response, received, { ...reply, compaction: received.compaction }, isStreamed);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const isRefused = error instanceof ApiRefusal;
      const code = isRefused ? error.code : null;
      const status = isRefused ? 400 : 500;
      this.requests.push({ ...note, inputTokens, status, error: { message, code } });
      fail(response, status, message, { code, param: isRefused ? error.param : null });
    }
  }

  #replyOf(body: unknown, items: readonly ReplyItem[], inputTokens: number): WireReply {
    this.#number += 1;
    const model = String(Reflect.get(Object(body), 'model'));
    return {
      number: this.#number,
      model,
      items,
      inputTokens,
      outputTokens: this.#weigh(JSON.stringify(items)),
    };
  }

  #checkChat(body: unknown): number {
    const { messages, tools } = parseRequest(ChatRequest, body);
    const tokens = this.#total([tools, ...messages]);
    checkChatMessages(messages);
    if (tokens <= this.#contextTokens) return tokens;
    throw new ApiRefusal(
      `This model's maximum context length is ${this.#contextTokens} tokens. However, your messages resulted in ` +
        `${tokens} tokens. Please reduce the length of the messages.`,
      { code: 'context_length_exceeded', param: 'messages' },
    );
  }

  #sendResponse(response: ServerResponse, received: Received, reply: WireReply, isStreamed: boolean): void {
    const output = responsesOutput(reply).map((item) => ({ ...item, type: String(item['type']) }));
    this.#responses.answered(received, responseId(reply), output);
    if (!isStreamed) return send(response, responseOf(reply));
    stream(
      response,
      responseEvents(reply).map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
    );
  }

  #total(parts: readonly unknown[]): number {
    return parts.reduce<number>(
      (sum, part) => sum + (part === undefined || part === null ? 0 : this.#weigh(readable(part))),
      0,
    );
  }

  #weigh(content: string): number {
    const known = this.#weights.get(content) ?? this.#counter.count(content) + 4;
    this.#weights.set(content, known);
    return known;
  }
}

/** What a model reads of a part: its texts, without the ids that only the API needs. */
function readable(part: unknown): string {
  if (typeof part === 'string') return part;
  return JSON.stringify(part, (key, value: unknown) =>
    /^(?:id|call_id|tool_call_id|status|type)$/u.test(key) ? undefined : value,
  );
}

function sendCompletion(response: ServerResponse, reply: WireReply, isStreamed: boolean): void {
  if (!isStreamed) return send(response, completionOf(reply));
  const chunks = completionChunks(reply).map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`);
  stream(response, [...chunks, 'data: [DONE]\n\n']);
}

function send(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function stream(response: ServerResponse, events: readonly string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of events) response.write(event);
  response.end();
}

function fail(
  response: ServerResponse,
  status: number,
  message: string,
  { code = null, param = null }: { code?: string | null; param?: string | null } = {},
): void {
  const type = status === 400 ? 'invalid_request_error' : 'server_error';
  send(response, { error: { message, type, param, code } }, status);
}
