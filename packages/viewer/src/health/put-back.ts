import { plural } from '../words.ts';
import type { HealthRule } from './finding.ts';

/** What had been taken out was asked for again. The threshold is how often. */
export const putBack: HealthRule = {
  id: 'put_back',
  threshold: 2,
  find({ cuts }, threshold) {
    const restored = cuts.filter((cut) => cut.outcome === 'restored');
    const last = restored.at(-1);
    if (last === undefined || restored.length < threshold) return undefined;
    return {
      rule: 'put_back',
      weight: 'warn',
      says: `What had left was put back ${plural(restored.length, 'time')}.`,
      action: 'Keep more of it: raise keep_recent_turns or protect what is needed again.',
      runId: last.id,
    };
  },
};
