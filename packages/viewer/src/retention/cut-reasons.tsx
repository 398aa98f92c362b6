import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { cutTitle } from '../cut/cut-words.ts';
import type { Reveal } from '../use-reveal.ts';
import { EvictedFacts } from './evicted-facts.tsx';
import { retentionReasons } from './retention-reason.ts';

/** What one compaction did to the facts, and why; the way to it. */
export function CutReasons({
  cut,
  reveal,
  onSelect,
}: {
  readonly cut: Cut;
  readonly reveal: Reveal;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  return (
    <div className="clew-reasons" role="group" aria-label={`Why, at ${cutTitle(cut).toLowerCase()}`}>
      <h3>
        {cutTitle(cut)}{' '}
        <button type="button" className="clew-link" onClick={() => onSelect(cut.id)}>
          Open it
        </button>
      </h3>
      {retentionReasons(cut).map((reason) => (
        <p key={reason}>{reason}</p>
      ))}
      <EvictedFacts cut={cut} reveal={reveal} />
    </div>
  );
}
