import { formatRatio } from '../format/ratio.ts';
import type { HealthRule } from './finding.ts';

/** Much of the window is taken by what may never leave. The threshold is a share of the window. */
export const protectedShare: HealthRule = {
  id: 'protected_share',
  threshold: 0.3,
  find({ calls }, threshold) {
    const call = calls.at(-1);
    const limit = call?.window?.limit;
    const measure = call?.after ?? call?.before;
    const held = measure?.categories.protected;
    if (call === undefined || !limit || held === undefined || held / limit < threshold) return undefined;
    return {
      rule: 'protected_share',
      weight: 'warn',
      says: `What may never leave is ${formatRatio(held / limit)} of the window.`,
      action: 'Unprotect what is no longer needed: no compaction can free it.',
      runId: call.id,
    };
  },
};
