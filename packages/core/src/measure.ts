import { canonicalJson } from './canonical-json.ts';
import type { Entry } from './entry.ts';
import type { Category, CategoryTokens } from './item-view.ts';
import type { Breakdown } from './step.ts';
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
  { instructions, tools }: { instructions?: string | undefined; tools?: unknown },
): Fixed {
  return {
    instructions: instructions === undefined || instructions === '' ? 0 : weigher.text(instructions),
    tools: tools === undefined ? 0 : weigher.text(canonicalJson(tools)),
  };
}

export function measure(entries: readonly Entry<unknown>[], fixed: Fixed): Measure {
  const categories: Partial<Record<Category, number>> = {};
  const add = (category: Category, tokens: number) => {
    if (tokens > 0) categories[category] = (categories[category] ?? 0) + tokens;
  };
  add('system', fixed.instructions);
  add('tools', fixed.tools);
  for (const { category, tokens } of entries) add(category, tokens);
  const fixedTokens = fixed.instructions + fixed.tools;
  const total = entries.reduce((sum, { tokens }) => sum + tokens, fixedTokens);
  return { total, fixed: fixedTokens, categories, breakdown: breakdownOf(entries, fixed) };
}

/** The same tokens by the specification's layers; they sum to the same total. */
export function breakdownOf(entries: readonly Entry<unknown>[], fixed: Fixed): Breakdown {
  const sum = { system: fixed.instructions, developer: 0, toolsSchema: fixed.tools, memory: 0, messages: 0 };
  const input = entries.findLast(({ category }) => category === 'user');
  for (const entry of entries) {
    if (entry !== input) sum[layerOf(entry.category)] += entry.tokens;
  }
  return { ...sum, userInput: input?.tokens ?? 0 };
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
