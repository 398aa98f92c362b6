import { z } from 'zod';
import type { OverflowSettled } from '../observer.ts';
import { outcomes } from '../outcome.ts';
import type { CompactResult } from '../result.ts';

const Count = z.number().int().nonnegative();

/** What may be added up of a session's runs. */
export const Metrics = z.object({
  runs: Count.describe('Looks at the session, also where nothing was to be done.'),
  outcomes: z.partialRecord(z.enum(outcomes), Count).describe('How many of them ended so.'),
  compactions: Count.describe('Those that took something away.'),
  tokens_reclaimed: Count.describe('By which compactions made prompts smaller.'),
  summarizer_calls: Count.describe('Answers of summarisers.'),
  summarizer_unreported: Count.describe('Those that came without their usage.'),
  summarizer_input_tokens: Count.describe('Of the others.'),
  summarizer_output_tokens: Count.describe('Of the others.'),
  summarizer_cost: z
    .record(z.string(), z.number().nonnegative())
    .describe('What they cost, by currency; only where prices were given.'),
  fallbacks: Count.describe('Runs in which a step without a model did what a summary should have done.'),
  overflows: Count.describe('Prompts that a provider refused as too long, and what came of it is known.'),
  overflows_recovered: Count.describe('Those of which it accepted a smaller one.'),
});
export type Metrics = z.infer<typeof Metrics>;

/** A line of the metrics ledger: what was added to a session on a day. Lines are added up, in any order. */
export const MetricsRow = Metrics.extend({
  schema_version: z.number().int().positive().describe('1: the form of the line.'),
  day: z.iso.date().describe('In UTC.'),
  session_id: z.string().describe('The conversation.'),
});
export type MetricsRow = z.infer<typeof MetricsRow>;

export const noMetrics: Metrics = {
  runs: 0,
  outcomes: {},
  compactions: 0,
  tokens_reclaimed: 0,
  summarizer_calls: 0,
  summarizer_unreported: 0,
  summarizer_input_tokens: 0,
  summarizer_output_tokens: 0,
  summarizer_cost: {},
  fallbacks: 0,
  overflows: 0,
  overflows_recovered: 0,
};

/** What one run adds. */
export function metricsOfRun(result: CompactResult<unknown>): Metrics {
  const { outcome, splice, tokens, summarizer, cost } = result;
  const isCompaction = splice !== undefined && outcome !== 'restored';
  return {
    ...noMetrics,
    runs: 1,
    outcomes: { [outcome]: 1 },
    compactions: isCompaction ? 1 : 0,
    tokens_reclaimed: isCompaction ? Math.max(0, tokens.before - tokens.after) : 0,
    summarizer_calls: summarizer?.calls ?? 0,
    summarizer_unreported: summarizer?.unreported ?? 0,
    summarizer_input_tokens: summarizer?.inputTokens ?? 0,
    summarizer_output_tokens: summarizer?.outputTokens ?? 0,
    summarizer_cost: cost?.summary === undefined ? {} : { [cost.currency]: cost.summary },
    fallbacks: outcome === 'fallback' ? 1 : 0,
  };
}

/** What the end of a refusal adds. */
export function metricsOfOverflow({ isRecovered }: Pick<OverflowSettled, 'isRecovered'>): Metrics {
  return { ...noMetrics, overflows: 1, overflows_recovered: isRecovered ? 1 : 0 };
}

/** Both together. Associative and commutative, with `noMetrics` as its zero. */
export function addMetrics(left: Metrics, right: Metrics): Metrics {
  return {
    runs: left.runs + right.runs,
    outcomes: addEach(left.outcomes, right.outcomes),
    compactions: left.compactions + right.compactions,
    tokens_reclaimed: left.tokens_reclaimed + right.tokens_reclaimed,
    summarizer_calls: left.summarizer_calls + right.summarizer_calls,
    summarizer_unreported: left.summarizer_unreported + right.summarizer_unreported,
    summarizer_input_tokens: left.summarizer_input_tokens + right.summarizer_input_tokens,
    summarizer_output_tokens: left.summarizer_output_tokens + right.summarizer_output_tokens,
    summarizer_cost: addEach(left.summarizer_cost, right.summarizer_cost),
    fallbacks: left.fallbacks + right.fallbacks,
    overflows: left.overflows + right.overflows,
    overflows_recovered: left.overflows_recovered + right.overflows_recovered,
  };
}

function addEach<TKey extends string>(
  left: Readonly<Partial<Record<TKey, number>>>,
  right: Readonly<Partial<Record<TKey, number>>>,
): Record<TKey, number> {
  const sum: Partial<Record<TKey, number>> = { ...left };
  for (const key of Object.keys(right) as TKey[]) sum[key] = (sum[key] ?? 0) + (right[key] ?? 0);
  return sum as Record<TKey, number>;
}
