import { z } from 'zod';
import { categories } from '../item-view.ts';
import type { Category } from '../item-view.ts';
import type { TokenAccount } from '../result.ts';

const Section = z.enum(categories);

/** What became of the parts of the prompt. */
export const Sections = z.object({
  included: z.array(Section).describe('Parts of the prompt that are whole.'),
  truncated: z.array(Section).describe('Parts of which some has left, or was shortened.'),
  omitted: z.array(Section).describe('Parts of which nothing is left.'),
});
export type Sections = z.infer<typeof Sections>;

/** In prompt order. A summary that replaces another is whole, however short it is. */
export function sectionsOf({
  categoriesBefore: before,
  categoriesAfter: after,
}: Pick<TokenAccount, 'categoriesBefore' | 'categoriesAfter'>): Sections {
  const stateOf = (category: Category): keyof Sections | undefined => {
    const [had, has] = [before[category] ?? 0, after[category] ?? 0];
    if (had === 0 && has === 0) return undefined;
    if (has === 0) return 'omitted';
    return has < had && category !== 'summary' ? 'truncated' : 'included';
  };
  const those = (state: keyof Sections) => categories.filter((category) => stateOf(category) === state);
  return { included: those('included'), truncated: those('truncated'), omitted: those('omitted') };
}
