import type { Counter } from './counter.ts';
import type { ItemView } from './item-view.ts';
import type { Media } from './media/media.ts';
import { mediaTokens } from './media/media-tokens.ts';
import { tokenPrior } from './token-prior.ts';

/** Tokens that a provider adds around each item: its role and its delimiters (OpenAI's cookbook counts 3 to 4). */
const framingTokens = 4;

/** What a picture or a file weighs, in the counter's tokens. */
export type MediaWeight = (media: Media) => number;

/** Media by the rules of the model's provider, which counts them in its own tokens. */
export function mediaWeight(model: string, counter: Counter): MediaWeight {
  const tokensOf = mediaTokens(model);
  const { scale } = tokenPrior(model, counter);
  return (media) => tokensOf(media) / scale;
}

/** Where no model is known. */
const anyMediaWeight: MediaWeight = mediaTokens('');

/** A text that is longer may hold the event loop for a while. */
const longText = 16_384;

export type Weigher = {
  readonly text: (text: string) => number;
  readonly view: (view: Weighed) => number;
};

type Weighed = Pick<ItemView, 'text' | 'mediaCount' | 'media' | 'sealedTokens'>;

/** Weighs in the provider's tokens: the counter's figure times what the provider's reports have shown. */
export function createWeigher(counter: Counter, scale: number, weightOf = anyMediaWeight): Weigher {
  const text = (value: string) => Math.round(counter.count(value) * scale);
  return {
    text,
    view: (view) => Math.round((counter.count(view.text) + besideText(view, weightOf)) * scale),
  };
}

/** The weight of an item before any report has scaled it, which stops for breath where its text is long. */
export function* weighInSteps(
  counter: Counter,
  view: Weighed,
  weightOf = anyMediaWeight,
): Generator<void, number> {
  const { text } = view;
  const steps = text.length < longText ? undefined : counter.countInSteps?.(text);
  const tokens = steps === undefined ? counter.count(text) : yield* resume(steps);
  return Math.round(tokens + besideText(view, weightOf));
}

/** What an item weighs besides its text. */
function besideText({ mediaCount, media, sealedTokens = 0 }: Weighed, weightOf: MediaWeight): number {
  const known = media?.reduce((sum, each) => sum + weightOf(each), 0);
  return framingTokens + (known ?? mediaCount * weightOf({ kind: 'image' })) + sealedTokens;
}

/** A counter need not be a generator. */
function* resume<TValue>(steps: Iterator<void, TValue>): Generator<void, TValue> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield;
  }
}
