import type { StrategyName } from '../policy.ts';
import { strategyOf } from '../strategies/strategy.ts';

/** A text as a good model writes it: with every section of its strategy. `text` stands in the first. */
export function writtenSummary(text: string, strategy: StrategyName = 'task_state'): string {
  const [first = 'Summary', ...others] = strategyOf(strategy).sections;
  return [`## ${first}`, text, ...others.map((section) => `## ${section}`)].join('\n');
}
