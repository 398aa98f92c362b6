import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { TiktokenCounter } from '@clew/core';
import { LoopbackServer } from '../loopback-server.ts';
import {
  AnthropicRefusal,
  MessagesRequest,
  blocksOf,
  checkBetas,
  visibleBlocks,
} from './anthropic-rules.fixture.ts';
import type { Edit, Placed } from './anthropic-rules.fixture.ts';

/** What a model answers: a text, or a call. */
export type AnthropicReply = { readonly text: string } | { readonly tool: string };

type Answered = {
  readonly status: number;
  readonly inputTokens: number;
  readonly edits: readonly string[];
  readonly error?: string;
  readonly body: unknown;
};

type Applied = {
  readonly type: string;
  readonly cleared_tool_uses?: number;
  readonly cleared_input_tokens?: number;
};

/** What the edits of a request came to. */
type Work = {
  readonly tokens: number;
  readonly applied: readonly Applied[];
  readonly compaction: string | undefined;
};

export type StrictAnthropicOptions = {
  readonly contextTokens: number;
  /** A lower threshold of a compaction is refused, as below 50,000 tokens there. */
  readonly leastTokens?: number;
  /** Without, `context_management` is a parameter that nobody knows. */
  readonly knowsEdits?: boolean;
};

/**
 * A double of Anthropic's Messages API on the loopback, with its context editing and its compaction at a threshold: old
 * tool results are cleared for the call, and what a compaction block stands for is dropped from then on. Streamed or not.
 */
export class StrictAnthropic {
  readonly requests: Answered[] = [];
  #server: LoopbackServer | undefined;
  readonly #options: StrictAnthropicOptions;
  readonly #script: AnthropicReply[] = [];
  readonly #made = new Set<string>();
  readonly #counter = new TiktokenCounter();
  #number = 0;

  private constructor(options: StrictAnthropicOptions) {
    this.#options = options;
  }

  static async start(options: StrictAnthropicOptions): Promise<StrictAnthropic> {
    const double = new StrictAnthropic(options);
    double.#server = await LoopbackServer.start((request, response) => double.#answer(request, response));
    return double;
  }

  /** For `createAnthropic({ baseURL })`. */
  get baseURL(): string {
    return `${this.#server?.origin ?? ''}/v1`;
  }

  script(...replies: readonly AnthropicReply[]): void {
    this.#script.push(...replies);
  }

  async close(): Promise<void> {
    await this.#server?.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: unknown = JSON.parse(await text(request));
    const note = { body, inputTokens: 0, edits: [] };
    try {
      const parsed = MessagesRequest.safeParse(body);
      if (!parsed.success) throw new AnthropicRefusal(parsed.error.message);
      const { context_management: management, stream } = parsed.data;
      if (this.#options.knowsEdits === false && management !== undefined) {
        throw new AnthropicRefusal('context_management: Extra inputs are not permitted');
      }
      checkBetas(parsed.data, String(request.headers['anthropic-beta'] ?? ''));
      const seen = visibleBlocks(blocksOf(parsed.data), this.#made);
      const work = this.#edit(seen, management?.edits ?? []);
      if (work.tokens > this.#options.contextTokens) {
        throw new AnthropicRefusal(
          `prompt is too long: ${work.tokens} tokens > ${this.#options.contextTokens} maximum`,
        );
      }
      const reply = this.#script.shift();
      if (reply === undefined) throw new Error('not scripted');
      this.requests.push({
        ...note,
        status: 200,
        inputTokens: work.tokens,
        edits: work.applied.map(({ type }) => type),
      });
      this.#send(response, reply, work, stream === true);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const status = error instanceof AnthropicRefusal ? 400 : 500;
      this.requests.push({ ...note, status, error: message });
      response.writeHead(status, { 'content-type': 'application/json', 'x-should-retry': 'false' });
      response.end(JSON.stringify({ type: 'error', error: { type: 'invalid_request_error', message } }));
    }
  }

  /** In the order of the edits, each on what the one before has left. */
  #edit(given: readonly Placed[], edits: readonly Edit[]): Work {
    let blocks = given;
    const applied: Applied[] = [];
    let compaction: string | undefined;
    for (const edit of edits) {
      const tokens = this.#total(blocks);
      const { value = edit.type === 'compact_20260112' ? 150_000 : 100_000 } = edit.trigger ?? {};
      if (edit.type === 'compact_20260112') {
        const { leastTokens = 50_000 } = this.#options;
        if (value < leastTokens)
          throw new AnthropicRefusal(`trigger: must be at least ${leastTokens} input tokens`);
        if (tokens < value) continue;
        compaction = `Summary ${this.#made.size + 1} of ${blocks.length} blocks. ${'What was said matters. '.repeat(5)}`;
        this.#made.add(compaction);
        blocks = [{ type: 'compaction', content: compaction, role: 'assistant' }];
        applied.push({ type: edit.type });
        continue;
      }
      if (tokens < value) continue;
      const results = blocks.filter(
        (block) => block.type === 'tool_result' && !isExcluded(edit, block, blocks),
      );
      const old = new Set(results.slice(0, Math.max(0, results.length - (edit.keep?.value ?? 3))));
      const left = blocks.map((block) => (old.has(block) ? { ...block, content: '[cleared]' } : block));
      const freed = tokens - this.#total(left);
      if (old.size === 0 || freed < (edit.clear_at_least?.value ?? 0)) continue;
      blocks = left;
      applied.push({ type: edit.type, cleared_tool_uses: old.size, cleared_input_tokens: freed });
    }
    return { tokens: this.#total(blocks), applied, compaction };
  }

  #total(blocks: readonly Placed[]): number {
    return blocks.reduce((sum, block) => sum + this.#counter.count(JSON.stringify(block)) + 4, 0);
  }

  #send(
    response: ServerResponse,
    reply: AnthropicReply,
    { tokens, applied, compaction }: Work,
    isStreamed: boolean,
  ): void {
    this.#number += 1;
    const said = 'text' in reply ? { type: 'text', text: reply.text } : this.#use(reply.tool);
    const content = [
      ...(compaction === undefined ? [] : [{ type: 'compaction', content: compaction }]),
      said,
    ];
    const usage = { input_tokens: tokens, output_tokens: 5 };
    const tail = {
      stop_reason: 'text' in reply ? 'end_turn' : 'tool_use',
      stop_sequence: null,
    };
    const head = { type: 'message', id: `msg_${this.#number}`, role: 'assistant', model: 'claude' };
    const management = { applied_edits: applied };
    if (!isStreamed) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...head, content, ...tail, usage, context_management: management }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const events = [
      { type: 'message_start', message: { ...head, content: [], stop_reason: null, usage } },
      ...content.flatMap(blockEvents),
      { type: 'message_delta', delta: tail, usage, context_management: management },
      { type: 'message_stop' },
    ];
    for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    response.end();
  }

  #use(name: string): {
    readonly type: string;
    readonly id: string;
    readonly name: string;
    readonly input: object;
  } {
    return { type: 'tool_use', id: `toolu_${this.#number}`, name, input: {} };
  }
}

type Sent = { readonly type: string; readonly text?: string; readonly content?: string };

function blockEvents(block: Sent, index: number): readonly { readonly type: string }[] {
  const stop = { type: 'content_block_stop', index };
  const start = (content_block: object) => ({ type: 'content_block_start', index, content_block });
  const delta = (change: object) => ({ type: 'content_block_delta', index, delta: change });
  if (block.type === 'compaction') {
    return [
      start({ type: 'compaction', content: null }),
      delta({ type: 'compaction_delta', content: block.content }),
      stop,
    ];
  }
  if (block.type === 'text') {
    return [start({ type: 'text', text: '' }), delta({ type: 'text_delta', text: block.text }), stop];
  }
  return [start({ ...block, input: {} }), delta({ type: 'input_json_delta', partial_json: '{}' }), stop];
}

function isExcluded(
  { exclude_tools: names = [] }: { exclude_tools?: string[] | undefined },
  block: Placed,
  all: readonly Placed[],
) {
  const use = all.find(({ type, id }) => type === 'tool_use' && id === block['tool_use_id']);
  return names.includes(String(use?.['name']));
}
