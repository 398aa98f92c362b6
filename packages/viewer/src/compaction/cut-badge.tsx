import type { Model } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { cutName } from '../cut/cut-words.ts';
import { cutGlyph } from '../cut/outcome-badge.tsx';
import { cutOutcome, cutTone } from '../cut/cut-words.ts';
import { formatChange } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import type { ViewProps } from '../plugin/trace-plugin.ts';
import { placeOf } from './span-place.ts';

/** In the row of a compaction's own span: what it saved, or how it ended. */
export function CutBadge({ model, span }: ViewProps<Model>): ReactNode {
  const place = span === undefined ? undefined : placeOf(model, span);
  const cut = place?.cut;
  if (cut === undefined || (cut.run.spanId !== undefined && cut.run.spanId !== span?.id)) return null;
  const saved = cut.saved === undefined || cut.saved === 0 ? cutOutcome(cut) : formatChange(-cut.saved);
  return (
    <span className={`clew-badge clew-tone-${cutTone(cut)}`} title={cutName(cut)}>
      <Glyph name={cutGlyph(cut)} />
      {saved}
    </span>
  );
}
