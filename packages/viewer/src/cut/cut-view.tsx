import type { Cut, CutCost, Session } from '@clew/trace-model';
import type { ReactNode } from 'react';
import type { Reveal } from '../use-reveal.ts';
import { Conservation } from './conservation.tsx';
import { CutEvents } from './cut-events.tsx';
import { CutHeader } from './cut-header.tsx';
import { CutCostFacts } from '../cost/cut-cost-facts.tsx';
import { CutRetention } from '../retention/cut-retention.tsx';
import { FateRibbons } from './fate-ribbons.tsx';
import { FateTable } from './fate-table.tsx';
import { Ledger } from './ledger.tsx';
import { SummaryPanel } from './summary-panel.tsx';

/** One compaction: what it changed, what became of every item, and the summary that stands for what left. */
export function CutView({
  cut,
  session,
  cost,
  reveal,
  onSelect,
}: {
  readonly cut: Cut;
  /** Its session, for the summaries that this one descends from. */
  readonly session?: Session | undefined;
  /** What it cost and saved, by `costOf` of its session. */
  readonly cost?: CutCost | undefined;
  readonly reveal: Reveal;
  /** Goes to another compaction, by its run's id. */
  readonly onSelect?: ((id: string) => void) | undefined;
}): ReactNode {
  return (
    <article className="clew-cut" aria-label="Compaction">
      <section className="clew-panel">
        <CutHeader cut={cut} />
        {cut.fates === undefined ? (
          <Unmeasured cut={cut} />
        ) : (
          <>
            <Conservation cut={cut} />
            <FateRibbons cut={cut} />
            <FateTable cut={cut} />
          </>
        )}
        <CutEvents cut={cut} />
        <CutCostFacts cost={cost} />
      </section>
      <Ledger key={cut.id} cut={cut} reveal={reveal} />
      <SummaryPanel cut={cut} session={session} cost={cost} reveal={reveal} onSelect={onSelect} />
      <CutRetention cut={cut} reveal={reveal} />
    </article>
  );
}

/** Without its record there is no sum to draw, and none is made up. */
function Unmeasured({ cut }: { readonly cut: Cut }): ReactNode {
  return (
    <p className="clew-hidden">
      {cut.kind === 'running'
        ? 'Under way: what becomes of each item is told when it ends.'
        : 'Not told: its end was never recorded, so what became of each item is not known.'}
    </p>
  );
}
