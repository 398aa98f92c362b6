import { categories, type Category, type Measure } from '@clew/trace-model';

/** One part of a prompt: its tokens, and its share of the whole from 0 to 1. */
export type CategoryShare = { readonly category: Category; readonly tokens: number; readonly share: number };

/** The parts that hold anything, in prompt order. */
export function categoryShares({ tokens, categories: parts }: Measure): readonly CategoryShare[] {
  return categories.flatMap((category) => {
    const part = parts[category] ?? 0;
    return part === 0 ? [] : [{ category, tokens: part, share: tokens === 0 ? 0 : part / tokens }];
  });
}
