import type { ReactNode } from 'react';
import { formatCount, formatTokens } from '../format/tokens.ts';
import { Glyph } from '../glyph.tsx';
import { plural } from '../words.ts';
import type { FleetGroup } from './fleet-query.ts';

/** The head of a group. Windows are separate, so that it sums counts and no pressure. */
export function GroupCell({
  group: { name, rows, compactions, attention, savedTokens },
  isOpen,
  onToggle,
}: {
  readonly group: FleetGroup;
  readonly isOpen: boolean;
  readonly onToggle: (name: string) => void;
}): ReactNode {
  return (
    <span role="gridcell" className="clew-cell clew-group">
      <button
        type="button"
        className="clew-open"
        tabIndex={-1}
        aria-expanded={isOpen}
        aria-label={`Sessions of ${name}`}
        onClick={() => onToggle(name)}
      >
        <Glyph name="right" />
      </button>
      <strong>{name}</strong>
      <span className="clew-muted">
        {plural(rows.length, 'session')} · {plural(compactions, 'compaction')} · {formatTokens(savedTokens)}{' '}
        tokens reclaimed
        {attention === 0
          ? ''
          : ` · ${formatCount(attention)} ${attention === 1 ? 'needs' : 'need'} attention`}
      </span>
    </span>
  );
}
