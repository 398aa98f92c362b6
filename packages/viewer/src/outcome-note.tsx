import type { Call, Outcome } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './glyph.tsx';

/** Looks that came to nothing, and why: what a person asks when a context is full and nothing was cut. */
const quietGlyphs: Partial<Record<Outcome, GlyphName>> = { futile: 'ring', noop_nothing: 'lock' };

export function quietGlyph(outcome: Outcome | undefined): GlyphName | undefined {
  return outcome === undefined ? undefined : quietGlyphs[outcome];
}

/** Why nothing was compacted at a call that wanted it, in a sentence and in the engine's own words. */
export function OutcomeNote({ call }: { readonly call: Call }): ReactNode {
  const glyph = quietGlyph(call.outcome);
  if (glyph === undefined) return null;
  return (
    <p className="clew-verdict clew-tone-plain">
      <Glyph name={glyph} />
      <span>
        <strong>
          {call.outcome === 'futile'
            ? 'Left as it was: a compaction would have gained too little.'
            : 'Left as it was: nothing in it may leave.'}
        </strong>{' '}
        {call.advice ?? call.reason}
      </span>
    </p>
  );
}
