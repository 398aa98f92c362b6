import type { AgentItem, CompactionCompleted } from '@clew/core';
import type { AgentOutputItem, ModelRequest, ModelResponse, StreamEvent } from '@openai/agents-core';
import { itemsOfInput } from '../input-items.ts';
import type { Callee, PreparedRequest } from '../seam/prepared-request.ts';
import { agentOf } from '../seam/request-session.ts';
import type { SeamOptions } from '../seam/seam-options.ts';
import { hearCompactions } from '../stream/hear-compactions.ts';
import { BlockReader, blockIn, withBlockItem } from './anthropic-compaction.ts';
import type { CompactionBlock } from './anthropic-compaction.ts';
import { clearedIn, compactionAt, plainTextOf } from './native-report.ts';

type Context = {
  readonly callee: Callee;
  readonly prepared: PreparedRequest;
  readonly report: (error: unknown) => void;
};

type Answer = { readonly output: readonly AgentOutputItem[]; readonly usage?: unknown };

/** One answer of a provider that was asked to compact: what it did is read out of it, and taken down. */
export class NativeExchange {
  readonly #request: ModelRequest;
  readonly #context: Context;
  readonly #options: SeamOptions;
  readonly #blocks = new BlockReader();
  /** What tells of the provider's work beside the output. */
  #result: unknown;

  constructor(request: ModelRequest, context: Context, options: SeamOptions) {
    this.#request = request;
    this.#context = context;
    this.#options = options;
  }

  /** The response with the provider's item in its place, where the bridge has hidden it in the text. */
  read(response: ModelResponse): ModelResponse {
    if (!this.#isAnthropic) return response;
    this.#result = response.providerData;
    return this.#split(response, blockIn(response.providerData));
  }

  /** @returns `undefined` for what is no part of the answer */
  readEvent(event: StreamEvent): StreamEvent | undefined {
    if (!this.#isAnthropic) return event;
    if (event.type === 'model' && isFinish(event.event)) this.#result = event.event;
    if (this.#blocks.read(event)) return undefined;
    if (event.type !== 'response_done') return event;
    return { ...event, response: this.#split(event.response, this.#blocks.block) };
  }

  #split<TResponse extends { output: AgentOutputItem[] }>(
    response: TResponse,
    block: CompactionBlock | undefined,
  ): TResponse {
    const split = withBlockItem(response, block);
    if (block !== undefined && split === response) this.#context.report(new Error(joined));
    return split;
  }

  /** Takes down what the provider did. Never rejects. @returns the compactions that it came to */
  async answered({ output }: Answer): Promise<readonly CompactionCompleted[]> {
    const { native } = this.#context.prepared;
    const { manager } = this.#options;
    if (native === undefined) return [];
    const at = compactionAt(output);
    const item: AgentItem | undefined = output[at];
    const cleared = clearedIn(this.#result);
    if (item === undefined && cleared === undefined) return [];
    const request = this.#request;
    const before = [...itemsOfInput(request.input), ...output.slice(0, Math.max(0, at))];
    try {
      const report = {
        sessionId: native.sessionId,
        items: before,
        ...(item === undefined ? {} : { compaction: { item, text: plainTextOf(item) } }),
        ...(cleared === undefined ? {} : { cleared }),
        instructions: request.systemInstructions,
        tools: { tools: request.tools, handoffs: request.handoffs, outputType: request.outputType },
        model: this.#context.callee.name,
        provider: this.#options.providerName,
        agent: agentOf(request, this.#options),
        signal: request.signal,
      };
      const { compactions } = await hearCompactions(manager, native.sessionId, async () =>
        manager.reportProvider?.(report),
      );
      return compactions;
    } catch (error) {
      this.#context.report(error);
      return [];
    }
  }

  /** What a call that was compacted or cleared on the way has used says nothing of the prompt that was prepared. */
  isOfPrompt({ output }: Pick<Answer, 'output'>): boolean {
    return compactionAt(output) === -1 && clearedIn(this.#result) === undefined;
  }

  get #isAnthropic(): boolean {
    return this.#context.prepared.native?.transport === 'anthropic_messages';
  }
}

const joined =
  'Anthropic has compacted, and its summary cannot be told from the answer: something changes texts on the way. It stays in the answer, and is not sent back as what it is.';

function isFinish(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'type' in part && part.type === 'finish';
}
