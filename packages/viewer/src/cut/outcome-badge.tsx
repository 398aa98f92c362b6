import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from '../glyph.tsx';
import { cutOutcome, cutTone, type Tone } from './cut-words.ts';

/**
 * The sign of a cut: scissors where it worked, a triangle where it took a fallback, a cross where it failed, an arrow back where
 * something was put back.
 */
export function cutGlyph(cut: Cut): GlyphName {
  if (cut.kind === 'running') return 'dots';
  if (cut.kind === 'interrupted') return 'pause';
  if (cut.kind === 'failed') return 'cross';
  if (cut.outcome === 'restored') return 'undo';
  return cutTone(cut) === 'good' ? 'scissors' : 'triangle';
}

export function OutcomeBadge({ cut }: { readonly cut: Cut }): ReactNode {
  return (
    <Badge tone={cutTone(cut)} glyph={cutGlyph(cut)}>
      {cutOutcome(cut)}
    </Badge>
  );
}

export function Badge({
  tone,
  glyph,
  children,
}: {
  readonly tone: Tone;
  readonly glyph?: GlyphName;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`clew-badge clew-tone-${tone}`}>
      {glyph === undefined ? null : <Glyph name={glyph} />}
      {children}
    </span>
  );
}
