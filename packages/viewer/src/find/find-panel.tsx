import type { Session } from '@clew/trace-model';
import { useDeferredValue, useMemo, useState, type ReactNode } from 'react';
import type { Reveal } from '../use-reveal.ts';
import type { ViewId } from '../views/view-id.ts';
import { plural } from '../words.ts';
import { findInSession } from './find-in-session.ts';

/** Looks for words in a session; choosing what was found leads there. */
export function FindPanel({
  session,
  reveal,
  onFound,
}: {
  readonly session: Session;
  readonly reveal: Reveal;
  readonly onFound: (runId: string, view: ViewId) => void;
}): ReactNode {
  const [query, setQuery] = useState('');
  const asked = useDeferredValue(query);
  const hits = useMemo(() => findInSession(session, asked, reveal.isRevealed), [session, asked, reveal]);
  return (
    <>
      <input
        className="clew-query"
        type="search"
        aria-label="Find calls, compactions and items"
        placeholder="A call, an outcome, a tool, an id"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          const [first] = hits;
          if (event.key === 'Enter' && first !== undefined) onFound(first.runId, first.view);
        }}
      />
      <p role="status" className="clew-muted clew-small">
        {asked.trim() === ''
          ? 'Names and numbers; content only where you have revealed it.'
          : plural(hits.length, 'hit')}
      </p>
      <ul className="clew-hits">
        {hits.map(({ key, text, runId, view }) => (
          <li key={key}>
            <button type="button" className="clew-link" onClick={() => onFound(runId, view)}>
              {text.length > 160 ? `${text.slice(0, 160)}…` : text}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
