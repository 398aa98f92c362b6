import { Category, type Measure } from '@clew/trace-model';

/** One part of a prompt: its tokens, and its share of the whole from 0 to 1. */
export type CategoryShare = { readonly category: Category; readonly tokens: number; readonly share: number };

/** The parts that hold anything, in prompt order. */
export function categoryShares({ tokens, categories }: Measure): readonly CategoryShare[] {
  return Category.options.flatMap((category) => {
    const part = categories[category] ?? 0;
    return part === 0 ? [] : [{ category, tokens: part, share: tokens === 0 ? 0 : part / tokens }];
  });
}
