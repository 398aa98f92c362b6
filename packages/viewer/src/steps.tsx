import type { Session } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Glyph, type GlyphName } from './glyph.tsx';
import { navigate } from './navigate.ts';

const steps = [
  { key: '[', name: 'Previous compaction', glyph: 'left', group: 'Compaction' },
  { key: ']', name: 'Next compaction', glyph: 'right', group: 'Compaction' },
  { key: 'ArrowLeft', name: 'Previous call', glyph: 'left', group: 'Call' },
  { key: 'ArrowRight', name: 'Next call', glyph: 'right', group: 'Call' },
] as const satisfies readonly { key: string; name: string; glyph: GlyphName; group: string }[];

/** The ways on from a selected call, each with the key that does the same. */
export function Steps({
  session,
  selected,
  onSelect,
}: {
  readonly session: Session;
  readonly selected: string;
  readonly onSelect: (id: string | undefined) => void;
}): ReactNode {
  return (
    <nav className="clew-steps" aria-label="Selection">
      <button type="button" className="clew-button" title="Escape" onClick={() => onSelect(undefined)}>
        <Glyph name="left" />
        All compactions
      </button>
      {(['Compaction', 'Call'] as const).map((group) => (
        <span key={group} className="clew-step-group">
          {steps
            .filter((step) => step.group === group)
            .map(({ key, name, glyph }) => {
              const to = navigate(key, session, selected)?.to;
              return (
                <button
                  key={key}
                  type="button"
                  className="clew-button clew-square"
                  aria-label={name}
                  title={`${name} (${keyNames[key]})`}
                  disabled={to === undefined}
                  onClick={() => onSelect(to)}
                >
                  <Glyph name={glyph} />
                </button>
              );
            })}
          <span className="clew-muted">{group}</span>
        </span>
      ))}
    </nav>
  );
}

const keyNames = { '[': '[', ']': ']', ArrowLeft: '←', ArrowRight: '→' } as const;
