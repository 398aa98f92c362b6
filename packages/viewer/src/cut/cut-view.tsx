import type { Cut, CutCost } from '@clew/trace-model';
import type { ReactNode } from 'react';
import type { Reveal } from '../use-reveal.ts';
import { Conservation } from './conservation.tsx';
import { CutEvents } from './cut-events.tsx';
import { CutHeader } from './cut-header.tsx';
import { CutCostFacts } from '../cost/cut-cost-facts.tsx';
import { CutRetention } from '../retention/cut-retention.tsx';
import { FateBars } from './fate-bars.tsx';
import { FateTable } from './fate-table.tsx';
import { Ledger } from './ledger.tsx';
import { SummaryPanel } from './summary-panel.tsx';

/** One compaction: what it changed, what became of every item, and the summary that stands for what left. */
export function CutView({
  cut,
  cost,
  reveal,
}: {
  readonly cut: Cut;
  /** What it cost and saved, by `costOf` of its session. */
  readonly cost?: CutCost | undefined;
  readonly reveal: Reveal;
}): ReactNode {
  return (
    <article className="clew-cut" aria-label="Compaction">
      <section className="clew-panel">
        <CutHeader cut={cut} />
        {cut.fates === undefined ? null : (
          <>
            <FateBars cut={cut} />
            <Conservation cut={cut} />
            <FateTable cut={cut} />
          </>
        )}
        <CutEvents cut={cut} />
        <CutCostFacts cost={cost} />
      </section>
      <SummaryPanel cut={cut} reveal={reveal} />
      <CutRetention cut={cut} reveal={reveal} />
      <Ledger key={cut.id} cut={cut} reveal={reveal} />
    </article>
  );
}
