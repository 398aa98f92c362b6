import type { Session } from '@clew/trace-model';
import { cacheMisses } from './cache-misses.ts';
import { compactionRate } from './compaction-rate.ts';
import { dueSoon } from './due-soon.ts';
import type { Finding, HealthRule } from './finding.ts';
import { protectedShare } from './protected-share.ts';
import { putBack } from './put-back.ts';
import { signRules } from './signs.ts';
import { summaryShare } from './summary-share.ts';
import { toolOutput } from './tool-output.ts';

/** Every rule; of two findings of the same weight the one that stands earlier here comes first. */
export const healthRules: readonly HealthRule[] = [
  ...signRules,
  compactionRate,
  protectedShare,
  toolOutput,
  cacheMisses,
  putBack,
  summaryShare,
  dueSoon,
];

const weights = ['bad', 'warn', 'plain'] as const;

/** What the rules find in a session, the gravest first. None is no proof of health where little was recorded. */
export function findingsOf(session: Session): readonly Finding[] {
  const found = healthRules.flatMap(({ find, threshold }) => find(session, threshold) ?? []);
  return weights.flatMap((weight) => found.filter((finding) => finding.weight === weight));
}
