import { useEffect, useRef, useState } from 'react';
import { createFeed } from '../hosts/trace-feed.ts';
import type { TraceFeed } from '../plugin/trace-host.ts';
import { factsOf, type AriadneEvent } from './ariadne-event.ts';

/** The list of events in Ariadne's state, as a feed. Each event is read once; a list that was cleared is a new feed. */
export function useEventFeed(events: readonly AriadneEvent[]): TraceFeed {
  const [feed, setFeed] = useState(createFeed);
  const before = useRef<readonly AriadneEvent[]>([]);
  useEffect(() => {
    const added = addedTo(before.current, events);
    before.current = events;
    if (added !== undefined) {
      feed.add(factsOf(added));
      return;
    }
    const next = createFeed();
    next.add(factsOf(events));
    setFeed(next);
  }, [events, feed]);
  return feed;
}

/** What a list has more than before, at its beginning (as Ariadne adds) or at its end; else `undefined`. */
export function addedTo<TItem>(
  before: readonly TItem[],
  now: readonly TItem[],
): readonly TItem[] | undefined {
  const more = now.length - before.length;
  if (before.length === 0) return now;
  if (more < 0) return undefined;
  if (now[more] === before[0] && now.at(-1) === before.at(-1)) return now.slice(0, more);
  if (now[0] === before[0] && now[before.length - 1] === before.at(-1)) return now.slice(before.length);
  return undefined;
}
