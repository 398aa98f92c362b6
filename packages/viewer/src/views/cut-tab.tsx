import { costOf } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { CutView } from '../cut/cut-view.tsx';
import type { SessionViewProps } from './session-view.ts';

/** The compaction that is selected, or the nearest one. */
export function CutTab({ session, cut, reveal, onSelect }: SessionViewProps): ReactNode {
  if (cut === undefined) {
    return (
      <section className="clew-panel" aria-label="Compaction">
        <p className="clew-muted">None so far: no prompt has reached its trigger.</p>
      </section>
    );
  }
  const cost = costOf(session).cuts.find((each) => each.cut.id === cut.id);
  return <CutView cut={cut} session={session} cost={cost} reveal={reveal} onSelect={onSelect} />;
}
