import { plural } from '../words.ts';
import type { HealthRule } from './finding.ts';

/** The stretch that is looked at, in calls. */
const stretch = 12;

/** Many compactions in the latest calls. The threshold is how many. */
export const compactionRate: HealthRule = {
  id: 'compaction_rate',
  threshold: 3,
  find({ calls, cuts }, threshold) {
    const since = Math.max(0, calls.length - stretch);
    const recent = cuts.filter(
      (cut) => cut.kind === 'changed' && cut.outcome !== 'restored' && cut.call.position > since,
    );
    const last = recent.at(-1);
    if (last === undefined || recent.length < threshold) return undefined;
    return {
      rule: 'compaction_rate',
      weight: 'warn',
      says: `${plural(recent.length, 'compaction')} in the last ${plural(calls.length - since, 'call')}.`,
      action: 'Raise the trigger or lower the target, so that each compaction lasts longer.',
      runId: last.id,
    };
  },
};
