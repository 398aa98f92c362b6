import type { CompactPolicy } from '../policy.ts';

/** Whether the policy wants facts beneath its summaries. */
export function hasFactSheet({
  factSheetPct,
  factSheetMaxTokens,
}: Pick<CompactPolicy, 'factSheetPct' | 'factSheetMaxTokens'>): boolean {
  return factSheetPct > 0 && factSheetMaxTokens > 0;
}
