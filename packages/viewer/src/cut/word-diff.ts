import { diffWordsWithSpace } from 'diff';

/** A run of words that both texts have, or one of them. */
export type DiffPart = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** Texts longer than this together are not compared, in characters. */
const maxLength = 200_000;
/** Nor is what takes longer, in milliseconds: the page would stand still. */
const maxMillis = 400;

/** What was added and removed, word by word; `undefined` where the texts are too long or too different to compare. */
export function wordDiff(before: string, after: string): readonly DiffPart[] | undefined {
  if (before.length + after.length > maxLength) return undefined;
  const changes = diffWordsWithSpace(before, after, { timeout: maxMillis });
  return changes?.map(({ value, added, removed }) => ({
    text: value,
    kind: added ? 'added' : removed ? 'removed' : 'same',
  }));
}
