import type { Fate } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './glyph.tsx';
import { fateMeanings, fateWords } from './words.ts';

const glyphs: Record<Fate, GlyphName> = {
  kept: 'check',
  protected: 'lock',
  trimmed: 'shorten',
  cleared: 'blank',
  summarized: 'fold',
  dropped: 'cross',
};

/** A fate by sign, colour and word. */
export function FateMark({ fate }: { readonly fate: Fate }): ReactNode {
  return (
    <span className={`clew-fate clew-fate-${fate}`} title={fateMeanings[fate]}>
      <Glyph name={glyphs[fate]} />
      {fateWords[fate]}
    </span>
  );
}
