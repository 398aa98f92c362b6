import type { Select } from '../live/follow.ts';
import type { Store } from '../store/store.ts';

/**
 * Of the live stream, what belongs to a session: everything of each trace in which it is named. A trace in which it is
 * named only later has come before, in part: that part is sent when it joins.
 */
export function selectSession(
  store: Pick<Store, 'traceIdsOf' | 'joinedBetween' | 'readPast'>,
  session: string,
): Select {
  return (page, after) => {
    const upto = page.at(-1)?.cursor;
    if (upto === undefined) return { past: [], present: [] };
    const traces = store.traceIdsOf(session);
    const joined = after === 0 ? [] : store.joinedBetween(session, after, upto);
    return {
      past: joined.flatMap((traceId) => store.readPast(traceId, after)),
      present: page.filter((item) => traces.has(item.traceId)),
    };
  };
}
