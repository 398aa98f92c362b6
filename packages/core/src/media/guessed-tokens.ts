import type { Entry } from '../entry.ts';

/**
 * Tokens of an entry that are a guess: of encrypted content, and of media whose size or length is not in the item.
 * All of its tokens count then, words and all: they are few beside it.
 */
export function guessedTokens({ view, tokens }: Pick<Entry<unknown>, 'view' | 'tokens'>): number {
  if (view.mediaCount === 0) return view.sealedTokens === undefined ? 0 : tokens;
  const media = view.media ?? [];
  const isKnown =
    media.length > 0 && media.every(({ kind, width }) => kind === 'image' && width !== undefined);
  return isKnown ? 0 : tokens;
}
