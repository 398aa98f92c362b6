import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Glyph } from '../glyph.tsx';
import { spaced } from '../words.ts';

/** What went wrong on the way and what was done instead; where the originals are. */
export function CutEvents({ cut }: { readonly cut: Cut }): ReactNode {
  const { errors, archivals } = cut;
  const { issues } = cut.run;
  if (errors.length + archivals.length + issues.length === 0) return null;
  return (
    <ul className="clew-events" aria-label="What happened on the way">
      {errors.map((error) => (
        <li key={JSON.stringify(error)} className="clew-tone-bad">
          <Glyph name="triangle" />
          <span>
            <strong>{spaced(error.error_type)}</strong> {error.message}{' '}
            <span className="clew-muted">Fallback: {spaced(error.fallback)}.</span>
          </span>
        </li>
      ))}
      {issues.map((issue) => (
        <li key={issue} className="clew-tone-warn">
          <Glyph name="triangle" />
          <span>
            <strong>Not readable</strong> {issue}
          </span>
        </li>
      ))}
      {archivals.map((archival) => (
        <li key={archival.location}>
          <Glyph name="box" />
          <span>
            {spaced(archival.step)} archived in {archival.storage_adapter} at <code>{archival.location}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}
