import type { Cut, CutCost, CutSummary, Session } from '@clew/trace-model';
import { useState, type ReactNode } from 'react';
import { Glyph } from '../glyph.tsx';
import { ForeignText } from '../privacy/foreign-text.tsx';
import { StoredText } from '../privacy/stored-text.tsx';
import type { Reveal } from '../use-reveal.ts';
import { SummaryDiff } from './summary-diff.tsx';
import { summaryOrigin, type SummaryOrigin } from './summary-origin.ts';
import { SummaryProvenance } from './summary-provenance.tsx';

/** The summary's provenance, and once it is asked for its text, or what changed since the one before. */
export function SummaryPanel({
  cut,
  session,
  cost,
  reveal,
  onSelect,
}: {
  readonly cut: Cut;
  readonly session: Session | undefined;
  readonly cost: CutCost | undefined;
  readonly reveal: Reveal;
  readonly onSelect: ((id: string) => void) | undefined;
}): ReactNode {
  const origin = summaryOrigin(cut, session);
  if (origin === undefined) return null;
  const { summary } = origin;
  const key = summaryKey(cut);
  const isRevealed = reveal.isRevealed(key);
  return (
    <section className="clew-panel" aria-label="Summary">
      <header className="clew-panel-head">
        <h2>
          Summary <span className="clew-muted">v{summary.version}</span>
        </h2>
        {summary.text === undefined ? null : (
          <button
            type="button"
            className="clew-button"
            aria-expanded={isRevealed}
            onClick={() => reveal.set(key, !isRevealed)}
          >
            <Glyph name={isRevealed ? 'eyeOff' : 'eye'} />
            {isRevealed ? 'Hide summary' : 'Reveal summary'}
          </button>
        )}
      </header>
      <SummaryProvenance origin={origin} cost={cost} onSelect={onSelect} />
      {summary.text === undefined ? (
        <Absent summary={summary} payloadKey={key} reveal={reveal} />
      ) : isRevealed ? (
        <RevealedSummary origin={origin} text={summary.text} reveal={reveal} />
      ) : (
        <p className="clew-hidden">Hidden. A summary may quote anything that was said in the session.</p>
      )}
    </section>
  );
}

/** The text, or the text against the one before, whose own text is revealed with it. */
function RevealedSummary({
  origin: { summary, ancestors },
  text,
  reveal,
}: {
  readonly origin: SummaryOrigin;
  readonly text: string;
  readonly reveal: Reveal;
}): ReactNode {
  const [isCompared, setCompared] = useState(false);
  const [parent] = ancestors;
  const before = parent?.summary.text;
  const canCompare = parent !== undefined && before !== undefined;
  const isDiff = isCompared && canCompare && reveal.isRevealed(summaryKey(parent.cut));
  return (
    <>
      {canCompare ? (
        <div className="clew-switch clew-start" role="group" aria-label="Show the summary">
          <button type="button" aria-pressed={!isDiff} onClick={() => setCompared(false)}>
            As it is
          </button>
          <button
            type="button"
            aria-pressed={isDiff}
            title={`This reveals v${parent.summary.version} too`}
            onClick={() => {
              reveal.set(summaryKey(parent.cut), true);
              setCompared(true);
            }}
          >
            Against v{parent.summary.version}
          </button>
        </div>
      ) : null}
      {isDiff ? (
        <SummaryDiff
          before={before}
          after={text}
          names={[`v${parent.summary.version}`, `v${summary.version}`]}
        />
      ) : (
        <div className="clew-text" role="region" aria-label="Text of the summary" tabIndex={0}>
          <ForeignText text={text} />
        </div>
      )}
    </>
  );
}

function summaryKey({ id }: Cut): string {
  return `${id}/summary`;
}

function Absent({
  summary: { state, ref },
  payloadKey,
  reveal,
}: {
  readonly summary: CutSummary;
  readonly payloadKey: string;
  readonly reveal: Reveal;
}): ReactNode {
  if (state === 'ref' && ref !== undefined) {
    return <StoredText name="summary" payloadKey={payloadKey} address={ref} reveal={reveal} />;
  }
  return <p className="clew-hidden">{absences[state]}</p>;
}

const absences: Record<CutSummary['state'], string> = {
  inline: 'The text was not captured.',
  ref: 'The text is stored at a place that was not told.',
  redacted: 'The text was redacted as a whole before it left the process.',
  opaque: 'The provider keeps the text encrypted.',
  absent: 'The text was not captured.',
};
