import { recordSession } from '@clew/trace-model/testing';
import { CompactionPanel, type AriadneEvent, type AriadneSelection } from '@clew/viewer/ariadne';
import '@clew/viewer/style.css';
import { StrictMode, useEffect, useState, version, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

const events: readonly AriadneEvent[] = recordSession({ calls: 40 }).map(
  ({ traceId, id, parentId, name, start = 0, end = start, attrs }) => ({
    type: 'span',
    trace_id: traceId,
    span_id: id,
    parent_id: parentId,
    name,
    started_at: new Date(start).toISOString(),
    ended_at: new Date(end).toISOString(),
    data: attrs,
  }),
);

/** A host like Ariadne: it keeps events and a selection, and takes Space for itself. */
function Host(): ReactNode {
  const [selected, setSelected] = useState<AriadneSelection | null>(null);
  const [spaces, setSpaces] = useState(0);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.code !== 'Space') return;
      event.preventDefault();
      setSpaces((count) => count + 1);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <header className="own">
        <h2>Host on React {version}</h2>
        <p>
          <code>{selected?.kind === 'span' ? selected.spanId : 'none'}</code> <output>{spaces}</output>
        </p>
        <button type="button">Of the host</button>
      </header>
      <div style={{ width: 550 }}>
        <CompactionPanel events={events} selected={selected} onSelect={setSelected} />
      </div>
    </>
  );
}

const root = document.querySelector('#host');
if (root === null) throw new Error('The page has no element #host to draw in.');
createRoot(root).render(
  <StrictMode>
    <Host />
  </StrictMode>,
);
