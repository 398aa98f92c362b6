import type { Entry } from './entry.ts';
import type { Category, CategoryTokens } from './item-view.ts';
import { guessedTokens } from './media/guessed-tokens.ts';

/** A list of entries, added up. It grows with what is put behind the list, and equals the sum over the whole of it. */
export type Tally = {
  readonly count: number;
  readonly tokens: number;
  readonly categories: CategoryTokens;
  readonly protectedCount: number;
  readonly protectedTokens: number;
  /** Of the last message of the user: what the model is asked now. */
  readonly inputTokens: number;
  /** Of media and encrypted content that could only be guessed. */
  readonly guessedTokens: number;
};

export const emptyTally: Tally = {
  count: 0,
  tokens: 0,
  categories: {},
  protectedCount: 0,
  protectedTokens: 0,
  inputTokens: 0,
  guessedTokens: 0,
};

export function extendTally(before: Tally, added: readonly Entry<unknown>[]): Tally {
  let { tokens, protectedCount, protectedTokens, inputTokens, guessedTokens: guessed } = before;
  const categories: Partial<Record<Category, number>> = { ...before.categories };
  for (const entry of added) {
    tokens += entry.tokens;
    guessed += guessedTokens(entry);
    if (entry.tokens > 0) categories[entry.category] = (categories[entry.category] ?? 0) + entry.tokens;
    if (entry.category === 'user') inputTokens = entry.tokens;
    if (!entry.isProtected) continue;
    protectedCount += 1;
    protectedTokens += entry.tokens;
  }
  const count = before.count + added.length;
  return { count, tokens, categories, protectedCount, protectedTokens, inputTokens, guessedTokens: guessed };
}
