import type { CompactionFact } from './facts.ts';
import type { MeteredCall } from './metered-provider.ts';

/** Adds up what happens during a session. */
export class Tally {
  readonly #windowTokens: number;
  readonly #compacted: CompactionFact[] = [];
  #modelCalls = 0;
  #summaryCalls = 0;
  #overWindow = 0;
  #longestPrompt = 0;

  constructor(windowTokens: number) {
    this.#windowTokens = windowTokens;
  }

  addCall({ kind, promptTokens }: MeteredCall): void {
    if (kind === 'summary') this.#summaryCalls += 1;
    else this.#modelCalls += 1;
    if (promptTokens > this.#windowTokens) this.#overWindow += 1;
    this.#longestPrompt = Math.max(this.#longestPrompt, promptTokens);
  }

  addCompaction(fact: CompactionFact): void {
    this.#compacted.push(fact);
  }

  get sums() {
    return {
      modelCalls: this.#modelCalls,
      summaryCalls: this.#summaryCalls,
      longestPrompt: this.#longestPrompt,
      overWindow: this.#overWindow,
      compactions: this.#compacted.length,
      compacted: [...this.#compacted],
    };
  }
}
