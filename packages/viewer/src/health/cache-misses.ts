import { unexpectedMisses } from '../cost/unexpected-misses.ts';
import { formatRatio } from '../format/ratio.ts';
import { plural } from '../words.ts';
import type { HealthRule } from './finding.ts';

/** Fewer calls are no pattern. */
const fewest = 8;

/** The provider read little from its cache where the prompt began as the one before. The threshold is a share of such calls. */
export const cacheMisses: HealthRule = {
  id: 'cache_misses',
  threshold: 0.3,
  find({ calls }, threshold) {
    const { expected, missed } = unexpectedMisses(calls);
    const last = missed.at(-1);
    if (last === undefined || expected < fewest || missed.length / expected < threshold) return undefined;
    return {
      rule: 'cache_misses',
      weight: 'warn',
      says: `The cache was missed at ${plural(missed.length, 'call')} where it should have held the beginning: ${formatRatio(missed.length / expected)} of them.`,
      action: 'See whether instructions, tools or their order change from call to call.',
      runId: last.id,
    };
  },
};
