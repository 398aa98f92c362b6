import type { Entry } from './entry.ts';
import type { Category, CategoryTokens } from './item-view.ts';
import type { Preamble } from './preamble.ts';
import type { Breakdown } from './step.ts';
import { emptyTally, extendTally } from './tally.ts';
import type { Tally } from './tally.ts';
import type { Weigher } from './weigh.ts';

/** What the next prompt weighs. `total = fixed + Σ entries`. */
export type Measure = {
  readonly total: number;
  readonly fixed: number;
  readonly categories: CategoryTokens;
  readonly breakdown: Breakdown;
};

export type Fixed = { readonly instructions: number; readonly tools: number };

/** Instructions and tool schemas, which are sent beside the items. */
export function weighFixed(
  weigher: Weigher,
  { instructions, tools }: Pick<Preamble, 'instructions' | 'tools'>,
): Fixed {
  return {
    instructions: instructions === '' ? 0 : weigher.text(instructions),
    tools: tools === '' ? 0 : weigher.text(tools),
  };
}

export function measure(entries: readonly Entry<unknown>[], fixed: Fixed): Measure {
  return measureOf(extendTally(emptyTally, entries), fixed);
}

/** The same of entries that are added up already. */
export function measureOf(tally: Tally, fixed: Fixed): Measure {
  const fixedTokens = fixed.instructions + fixed.tools;
  return {
    total: tally.tokens + fixedTokens,
    fixed: fixedTokens,
    categories: withFixed(tally.categories, fixed),
    breakdown: layersOf(tally, fixed),
  };
}

/** The tokens of the items by category, with what is sent beside them. */
export function categoriesOf(
  items: readonly { readonly category: Category; readonly tokens: number }[],
  fixed: Fixed,
): CategoryTokens {
  const categories: Partial<Record<Category, number>> = {};
  for (const { category, tokens } of items) add(categories, category, tokens);
  return withFixed(categories, fixed);
}

function withFixed(items: CategoryTokens, { instructions, tools }: Fixed): CategoryTokens {
  const categories: Partial<Record<Category, number>> = { ...items };
  add(categories, 'system', instructions);
  add(categories, 'tools', tools);
  return categories;
}

function add(categories: Partial<Record<Category, number>>, category: Category, tokens: number): void {
  if (tokens > 0) categories[category] = (categories[category] ?? 0) + tokens;
}

/** The same tokens by the specification's layers; they sum to the same total. */
export function breakdownOf(entries: readonly Entry<unknown>[], fixed: Fixed): Breakdown {
  return layersOf(extendTally(emptyTally, entries), fixed);
}

function layersOf({ categories, inputTokens }: Tally, fixed: Fixed): Breakdown {
  const sum = { system: fixed.instructions, developer: 0, toolsSchema: fixed.tools, memory: 0, messages: 0 };
  for (const [category, tokens] of Object.entries(categories)) sum[layerOf(category as Category)] += tokens;
  return { ...sum, messages: sum.messages - inputTokens, userInput: inputTokens };
}

function layerOf(category: Category): Exclude<keyof Breakdown, 'userInput'> {
  switch (category) {
    case 'system':
    case 'developer':
      return category;
    case 'tools':
      return 'toolsSchema';
    case 'protected':
    case 'summary':
      return 'memory';
    default:
      return 'messages';
  }
}
