import type { KeptOfTotal } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { Glyph, type GlyphName } from '../glyph.tsx';
import { keptOf, keptTone } from './fact-words.ts';
import type { MatrixCell } from './retention-matrix.ts';

const glyphs = { good: 'check', warn: 'ring', bad: 'cross' } as const satisfies Record<string, GlyphName>;
const words = { good: 'all', warn: 'some', bad: 'none' } as const;

/** `9 of 12` with its sign, over a bar of that length; `none` where there was nothing of the kind. */
export function KeptCell({
  of,
  change,
}: {
  readonly of: KeptOfTotal | undefined;
  readonly change?: number | undefined;
}): ReactNode {
  if (of === undefined || of.total === 0) return <span className="clew-muted">none</span>;
  const tone = keptTone(of);
  return (
    <span className={`clew-kept clew-tone-${tone}`} title={`${words[tone]} of them can still be read`}>
      <span className="clew-number">
        <Glyph name={glyphs[tone]} /> {keptOf(of)}
        {change === undefined || change >= 0 ? null : (
          <span className="clew-fewer" title="Fewer than after the compaction before">
            {' '}
            −{formatCount(-change)}
          </span>
        )}
      </span>
      <span className="clew-kept-bar" aria-hidden="true">
        <i style={{ width: `${(of.kept / of.total) * 100}%` }} />
      </span>
    </span>
  );
}

/** A cell of the matrix; `not told` is no number, and not none. */
export function MatrixCellView({ cell }: { readonly cell: MatrixCell | undefined }): ReactNode {
  if (cell === undefined || cell.state === 'untold') return <span className="clew-unknown">not told</span>;
  return <KeptCell of={cell.of} change={cell.change} />;
}
