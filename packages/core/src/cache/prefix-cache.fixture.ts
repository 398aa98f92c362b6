import { chat } from '../dialects/chat-dialect.ts';
import type { Counter } from '../counter.ts';
import type { CompactResult } from '../result.ts';
import type { Usage } from '../usage.ts';
import { createWeigher } from '../weigh.ts';

export const quarter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};

export type PrefixCacheOptions = {
  /** How long an unused prompt is kept, in milliseconds. */
  readonly ttlMillis: number;
  /** Which counts it reports. */
  readonly reports: 'reads and writes' | 'reads' | 'nothing';
};

type Stored = { readonly items: readonly string[]; readonly at: number };

/** A provider that caches prompts by their exact beginning, behind one model and one preamble, for a time. */
export class PrefixCache {
  readonly #options: PrefixCacheOptions;
  readonly #stored = new Map<string, Stored>();
  readonly #weigher = createWeigher(quarter, 1);

  constructor(options: PrefixCacheOptions) {
    this.#options = options;
  }

  /** Answers a prompt, and says what it cost. */
  call(
    preamble: string,
    { items, tokens }: Pick<CompactResult<object>, 'items' | 'tokens'>,
    at: number,
  ): { readonly usage: Usage; readonly read: number } {
    const texts = items.map((item) => JSON.stringify(item));
    const weights = items.map((item) => this.#weigher.view(chat.inspect(item)));
    const total = weights.reduce((sum, weight) => sum + weight, tokens.fixed);
    const read = this.#readOf(preamble, texts, weights, tokens.fixed, at);
    this.#stored.set(preamble, { items: texts, at });
    const { reports } = this.#options;
    const usage = {
      inputTokens: total,
      outputTokens: 10,
      ...(reports === 'nothing' ? {} : { cacheReadInputTokens: read }),
      ...(reports === 'reads and writes' ? { cacheWriteInputTokens: total - read } : {}),
    };
    return { usage, read };
  }

  #readOf(
    preamble: string,
    texts: readonly string[],
    weights: readonly number[],
    fixed: number,
    at: number,
  ): number {
    const stored = this.#stored.get(preamble);
    if (stored === undefined || at - stored.at >= this.#options.ttlMillis) return 0;
    const first = texts.findIndex((text, index) => text !== stored.items[index]);
    const common = weights.slice(0, first === -1 ? texts.length : first);
    return common.reduce((sum, weight) => sum + weight, fixed);
  }
}
