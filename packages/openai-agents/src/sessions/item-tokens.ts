import { agents, CharacterCounter, createWeigher } from '@clew/core';
import type { Counter } from '@clew/core';

/** Counts the tokens of a text: a counter of the engine's, or a function, which may ask a server. */
export type TokenCounter = Counter | ((text: string) => number | Promise<number>);

/** What is remembered of counted texts, in characters of the texts. */
const maxRemembered = 4_000_000;

/**
 * What single items weigh, in tokens, by a counter of the user's. A text is counted once. A counter that fails, or
 * answers with something that is no number of tokens, is reported and replaced by an estimate for that text.
 */
export class ItemTokens {
  readonly #counter: TokenCounter;
  readonly #report: (error: unknown) => void;
  readonly #estimate = new CharacterCounter();
  readonly #known = new Map<string, number>();
  #remembered = 0;

  constructor(counter: TokenCounter, report: (error: unknown) => void) {
    this.#counter = counter;
    this.#report = report;
  }

  async weigh(item: object): Promise<number> {
    const view = agents.inspect(item);
    const tokens = await this.#count(view.text);
    return createWeigher({ name: 'known', basis: 'estimate', count: () => tokens }, 1).view(view);
  }

  async #count(text: string): Promise<number> {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const tokens = await this.#ask(text);
    if (tokens === undefined) return this.#estimate.count(text);
    this.#remember(text, tokens);
    return tokens;
  }

  async #ask(text: string): Promise<number | undefined> {
    try {
      const counter = this.#counter;
      const tokens = typeof counter === 'function' ? await counter(text) : counter.count(text);
      if (Number.isFinite(tokens) && tokens >= 0) return tokens;
      this.#report(new TypeError(`Expected a number of tokens from tokenCounter, got ${String(tokens)}.`));
    } catch (error) {
      this.#report(error);
    }
    return undefined;
  }

  #remember(text: string, tokens: number): void {
    this.#remembered += text.length;
    if (this.#remembered > maxRemembered) {
      this.#known.clear();
      this.#remembered = text.length;
    }
    this.#known.set(text, tokens);
  }
}
