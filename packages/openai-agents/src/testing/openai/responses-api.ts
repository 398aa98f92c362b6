import {
  ContextManagement,
  SealedContexts,
  checkKnown,
  compactParameters,
  responsesParameters,
} from './compaction-rules.ts';
import type { CompactionItem } from './compaction-rules.ts';
import { parseRequest } from './parse-request.ts';
import { ApiRefusal } from './reply.ts';
import { ResponsesRequest, checkResponsesInput } from './responses-rules.ts';
import type { ResponsesItem } from './responses-rules.ts';

type ResponsesApiOptions = {
  readonly contextTokens: number;
  /** Without, it is a server of the time before: the parameter and the endpoint are unknown to it. */
  readonly knowsCompaction: boolean;
  /** Tokens of what a model reads. */
  readonly total: (parts: readonly unknown[]) => number;
};

/** A request that was taken: what it weighs, and what the model sees of it. */
export type Received = {
  readonly request: ResponsesRequest;
  readonly visible: readonly ResponsesItem[];
  readonly inputTokens: number;
  /** What the context was compacted to, before the model went on. */
  readonly compaction: CompactionItem | undefined;
};

/** The state of the Responses API: what it made, what it holds and what it sealed. */
export class ResponsesApi {
  readonly #options: ResponsesApiOptions;
  readonly #sealed = new SealedContexts();
  readonly #reasonedBy = new Map<string, string>();
  /** By the id of the response, or of the conversation. */
  readonly #stored = new Map<string, readonly ResponsesItem[]>();

  constructor(options: ResponsesApiOptions) {
    this.#options = options;
  }

  /** @throws ApiRefusal what the API refuses, in its words */
  receive(body: unknown): Received {
    const { contextTokens, total, knowsCompaction } = this.#options;
    checkKnown(body, knowsCompaction ? responsesParameters : withoutCompaction);
    const request = parseRequest(ResponsesRequest, body);
    const visible = this.#sealed.visible([...this.#historyOf(request), ...itemsOf(request)]);
    const inputTokens = total([request.instructions, request.tools, ...visible]);
    checkResponsesInput(visible, this.#reasonedBy);
    if (inputTokens > contextTokens) {
      throw new ApiRefusal(
        'Your input exceeds the context window of this model. Please adjust your input and try again.',
        { code: 'context_length_exceeded', param: 'input' },
      );
    }
    const threshold = thresholdOf(request);
    const compaction = inputTokens >= threshold ? this.#sealed.seal(visible) : undefined;
    return { request, visible, inputTokens, compaction };
  }

  /** What the API has made belongs to the reasoning before it, and to what it holds. */
  answered({ request, visible, compaction }: Received, id: string, output: readonly ResponsesItem[]): void {
    let reasoning: string | undefined;
    for (const item of output) {
      if (item.type === 'reasoning') reasoning = item.id;
      else if (reasoning !== undefined && item.id !== undefined) this.#reasonedBy.set(item.id, reasoning);
    }
    // The compaction item is the first of the output, and stands for all before it.
    const items = compaction === undefined ? [...visible, ...output] : output;
    if (request.store !== false) this.#stored.set(id, items);
    if (typeof request.conversation === 'string') this.#stored.set(request.conversation, items);
  }

  /** `POST /v1/responses/compact`: the messages of the user, and one item for everything. */
  compact(body: unknown): { readonly inputTokens: number; readonly answer: object } {
    if (!this.#options.knowsCompaction)
      throw new ApiRefusal('Unknown request URL: POST /v1/responses/compact.');
    checkKnown(body, compactParameters);
    const request = parseRequest(ResponsesRequest, { input: [], ...(body as object) });
    const visible = this.#sealed.visible([...this.#historyOf(request), ...itemsOf(request)]);
    checkResponsesInput(visible, this.#reasonedBy);
    const inputTokens = this.#options.total([request.instructions, ...visible]);
    const compaction = this.#sealed.seal(visible);
    const asked = visible.filter(({ role }) => role === 'user');
    const usage = {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: this.#options.total([compaction]),
      output_tokens_details: { reasoning_tokens: 0 },
    };
    return {
      inputTokens,
      answer: {
        id: `resp_${compaction.id}`,
        object: 'response.compaction',
        created_at: 0,
        output: [...asked.map(asOutput), compaction],
        usage: { ...usage, total_tokens: usage.input_tokens + usage.output_tokens },
      },
    };
  }

  #historyOf({ previous_response_id: previous, conversation }: ResponsesRequest): readonly ResponsesItem[] {
    if (typeof previous === 'string' && typeof conversation === 'string') {
      throw new ApiRefusal("'conversation' and 'previous_response_id' are mutually exclusive.");
    }
    if (typeof previous === 'string') {
      const items = this.#stored.get(previous);
      if (items !== undefined) return items;
      throw new ApiRefusal(`Previous response with id '${previous}' not found.`, {
        code: 'previous_response_not_found',
        param: 'previous_response_id',
      });
    }
    return typeof conversation === 'string' ? (this.#stored.get(conversation) ?? []) : [];
  }
}

const withoutCompaction: ReadonlySet<string> = new Set(
  [...responsesParameters].filter((name) => name !== 'context_management'),
);

function itemsOf({ input }: ResponsesRequest): readonly ResponsesItem[] {
  return typeof input === 'string' ? [{ type: 'message', role: 'user', content: input }] : input;
}

function thresholdOf({ context_management: entries }: ResponsesRequest): number {
  if (entries === undefined || entries === null) return Infinity;
  const [entry] = parseRequest(ContextManagement, entries);
  return entry?.compact_threshold ?? Infinity;
}

function asOutput(item: ResponsesItem, index: number): object {
  const { content } = item;
  return {
    type: 'message',
    id: item.id ?? `msg_user_${index}`,
    role: 'user',
    status: 'completed',
    content: typeof content === 'string' ? [{ type: 'input_text', text: content }] : content,
  };
}
