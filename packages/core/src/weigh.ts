import type { Counter } from './counter.ts';
import type { ItemView } from './item-view.ts';

/** Tokens that a provider adds around each item: its role and its delimiters (OpenAI's cookbook counts 3 to 4). */
const framingTokens = 4;
/** Tokens of a picture or a file, which only the provider can count: a mid-size picture at high detail. */
const mediaTokens = 1000;

export type Weigher = {
  readonly text: (text: string) => number;
  readonly view: (view: Pick<ItemView, 'text' | 'mediaCount'>) => number;
};

/** Weighs in the provider's tokens: the counter's figure times what the provider's reports have shown. */
export function createWeigher(counter: Counter, scale: number): Weigher {
  const text = (value: string) => Math.round(counter.count(value) * scale);
  return {
    text,
    view: (view) =>
      Math.round((counter.count(view.text) + framingTokens + view.mediaCount * mediaTokens) * scale),
  };
}
