import { UsageError } from '../usage-error.ts';
import type { Replay } from './replay-session.ts';

/** What `--fail-if` can ask of, by its name on the command line. */
const measures = {
  retention: ({ retention }) => retention,
  peak: ({ peakTokens }) => peakTokens,
  over_budget: ({ overBudgetCount }) => overBudgetCount,
  compactions: ({ compactions }) => compactions,
  tokens: ({ sentTokens }) => sentTokens,
  cache_epochs: ({ cacheEpochs }) => cacheEpochs,
  cost: ({ cost }) => cost?.amount,
} as const satisfies Record<string, (replay: Replay) => number | undefined>;

/** A condition such as `retention<0.95`. @throws UsageError where it is none */
export function parseCondition(text: string): (replay: Replay) => boolean {
  const [, name = '', operator, value = ''] =
    /^\s*(\w+)\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*$/u.exec(text) ?? [];
  const measure = Object.entries(measures).find(([known]) => known === name)?.[1];
  if (measure === undefined) {
    const names = Object.keys(measures).join(', ');
    throw new UsageError(`--fail-if expects one of ${names} with <, <=, > or >= and a number, got '${text}'`);
  }
  const limit = Number(value);
  return (replay) => {
    const found = measure(replay);
    if (found === undefined) {
      throw new UsageError(
        `--fail-if '${text}' needs a cost: the recording has no usage, or no price is known of its model; name \`prices\` in the configuration`,
      );
    }
    if (operator === '<') return found < limit;
    if (operator === '<=') return found <= limit;
    return operator === '>' ? found > limit : found >= limit;
  };
}
