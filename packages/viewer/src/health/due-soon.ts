import { plural } from '../words.ts';
import { projectTrigger } from '../pressure/projection.ts';
import type { HealthRule } from './finding.ts';

/** A compaction is near. The threshold is in calls: so many or fewer. */
export const dueSoon: HealthRule = {
  id: 'due_soon',
  threshold: 3,
  find({ calls }, threshold) {
    const projection = projectTrigger(calls);
    const last = calls.at(-1);
    if (projection === undefined || last === undefined || projection.calls > threshold) return undefined;
    return {
      rule: 'due_soon',
      weight: 'plain',
      says:
        projection.calls === 0
          ? 'The latest prompt is at the trigger.'
          : `At this growth the next compaction comes in about ${plural(projection.calls, 'call')}.`,
      action: 'If what is open now must survive, protect it or compact by hand with a note.',
      runId: last.id,
    };
  },
};
