import type { LedgerRow } from '@clew/semconv';
import type { RunFacts } from './run-record.ts';
import { fixed, promptTokens, sumTokens, type Simulation } from './simulation.ts';

type Measures = NonNullable<RunFacts['measures']>;

const pricePerToken = 1e-6;
const cachedPricePerToken = 1e-7;

/** Of a call that changed nothing: the first knows nothing of the cache, the others find it warm. */
export function quietMeasures(simulation: Simulation, callIndex: number): Measures {
  if (!simulation.script.isMeasured) return {};
  const tokens = promptTokens(simulation);
  const isFirst = callIndex === 1;
  return {
    cache: {
      state: isFirst ? 'unknown' : 'warm',
      reason: isFirst ? 'first_call' : 'read',
      epoch: simulation.sequence + 1,
      prefix_tokens: isFirst ? 0 : Math.round(tokens * 0.86),
      rewritten_tokens: 0,
    },
    cost: { currency: 'USD', after: tokens * (isFirst ? pricePerToken : cachedPricePerToken) },
  };
}

/** Of a compaction: facts erode slowly, and what stands behind the cut is read anew. */
export function cutMeasures(
  simulation: Simulation,
  rows: readonly LedgerRow[],
  isSummarized: boolean,
): Measures {
  const { script, sequence } = simulation;
  if (!script.isMeasured) return {};
  const prefix = fixed.system + fixed.developer + fixed.tools;
  const rewritten = rows.reduce((total, row) => total + row.tokens_after, 0);
  const before = (prefix + sumTokens(rows)) * cachedPricePerToken;
  const after = prefix * cachedPricePerToken + rewritten * pricePerToken;
  const saved = (sumTokens(rows) - rewritten) * cachedPricePerToken;
  const summary = isSummarized ? sumTokens(rows) * cachedPricePerToken : undefined;
  const paths = 8 + 5 * sequence;
  return {
    retention: {
      score: 1 - 0.05 * sequence,
      by_kind: {
        constraint: { kept: 3, total: 3 },
        path: { kept: paths - sequence, total: paths },
        ...(sequence > 1 && { error: { kept: 1, total: sequence } }),
      },
      facts: paths + 4,
      evicted: sequence + Math.max(0, sequence - 1),
      eroded: sequence - 1,
      sheet_tokens: 310,
      evicted_facts: [{ kind: 'path', text: `src/old-${sequence}.ts` }],
    },
    cache: {
      state: 'warm',
      reason: 'read',
      epoch: sequence + 1,
      prefix_tokens: prefix,
      rewritten_tokens: rewritten,
      break_even_calls: Math.max(0, Math.ceil((after + (summary ?? 0) - before) / saved)),
    },
    cost: {
      currency: 'USD',
      before,
      after,
      saved_per_call: saved,
      ...(summary !== undefined && { summary }),
    },
  };
}
