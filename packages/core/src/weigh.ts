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

export type Weigher = {
  readonly text: (text: string) => number;
  readonly view: (view: Pick<ItemView, 'text' | 'mediaCount' | 'media' | 'sealedTokens'>) => number;
};

/** Weighs in the provider's tokens: the counter's figure times what the provider's reports have shown. */
export function createWeigher(counter: Counter, scale: number, weightOf = anyMediaWeight): Weigher {
  const text = (value: string) => Math.round(counter.count(value) * scale);
  return {
    text,
    view: ({ text: value, mediaCount, media, sealedTokens = 0 }) => {
      const known = media?.reduce((sum, each) => sum + weightOf(each), 0);
      const beside = (known ?? mediaCount * weightOf({ kind: 'image' })) + sealedTokens;
      return Math.round((counter.count(value) + framingTokens + beside) * scale);
    },
  };
}
