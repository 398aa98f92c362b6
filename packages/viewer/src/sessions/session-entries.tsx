import { useEffect, type ReactNode } from 'react';
import { useFixedRows } from '../use-fixed-rows.ts';
import { useNow } from '../use-now.ts';
import { EntryRow } from './entry-row.tsx';
import type { SessionEntry } from './session-entry.ts';

/** Pixels. */
const rowHeight = 122;

/** Any number of sessions, of which only those in sight are in the page; more are asked for when the end comes near. */
export function SessionEntries({
  entries,
  selected,
  hrefOf,
  onEnd,
}: {
  readonly entries: readonly SessionEntry[];
  readonly selected: string | undefined;
  /** Where a session's own page is. */
  readonly hrefOf: (id: string) => string;
  /** The end of the list is near. */
  readonly onEnd: () => void;
}): ReactNode {
  const now = useNow();
  const { scroller, onScroll, from, to } = useFixedRows(entries.length, rowHeight);
  const isNearEnd = to >= entries.length - 4;
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, onEnd]);
  return (
    <nav className="clew-entries" aria-label="Sessions" ref={scroller} onScroll={onScroll}>
      <ul style={{ height: entries.length * rowHeight }}>
        {entries.slice(from, to).map((entry, at) => (
          <li key={entry.id} style={{ top: (from + at) * rowHeight, height: rowHeight }}>
            <a
              className="clew-session"
              aria-current={entry.id === selected ? 'page' : undefined}
              href={hrefOf(entry.id)}
            >
              <EntryRow entry={entry} now={now} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
