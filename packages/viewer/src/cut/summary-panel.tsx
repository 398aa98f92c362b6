import type { Cut, CutSummary } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Glyph } from '../glyph.tsx';
import { Tokens } from '../tokens.tsx';
import type { Reveal } from '../use-reveal.ts';
import { plural, spaced } from '../words.ts';

/** The summary's provenance, and its text once it is asked for. */
export function SummaryPanel({ cut, reveal }: { readonly cut: Cut; readonly reveal: Reveal }): ReactNode {
  const { summary } = cut;
  if (summary === undefined) return null;
  const key = `${cut.id}/summary`;
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
      <p className="clew-muted clew-line-of-facts">
        <span>
          {summary.isNew
            ? summary.covers === undefined
              ? 'made here'
              : `covers ${plural(summary.covers, 'item')}`
            : 'made by an earlier compaction'}
        </span>
        <span>
          <Tokens count={summary.tokens} /> tokens
        </span>
        {summary.strategy === undefined ? null : <span>{spaced(summary.strategy)}</span>}
        {summary.method === undefined ? null : (
          <span>{summary.method === 'model' ? 'written by a model' : 'put together without a model'}</span>
        )}
        {summary.parent_id === undefined ? null : <span>continues an earlier summary</span>}
        <span>
          digest <code>{summary.digest}</code>
        </span>
      </p>
      {summary.text === undefined ? <p className="clew-hidden">{absence(summary)}</p> : null}
      {summary.text !== undefined && !isRevealed ? (
        <p className="clew-hidden">Hidden. A summary may quote anything that was said in the session.</p>
      ) : null}
      {summary.text !== undefined && isRevealed ? (
        <div className="clew-text" role="region" aria-label="Text of the summary" tabIndex={0}>
          {summary.text}
        </div>
      ) : null}
    </section>
  );
}

function absence({ state, ref }: CutSummary): string {
  switch (state) {
    case 'ref':
      return `The text is stored at ${ref ?? 'a place that was not told'}.`;
    case 'redacted':
      return 'The text was redacted as a whole before it left the process.';
    case 'opaque':
      return 'The provider keeps the text encrypted.';
    case 'absent':
    case 'inline':
      return 'The text was not captured.';
    default:
      return state satisfies never;
  }
}
