import { healthOf, type HealthRule, type HealthSign, type Session } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatCount } from './format/tokens.ts';
import { Glyph, type GlyphName } from './glyph.tsx';
import { plural } from './words.ts';

/** What is to be looked at in a session, in sentences, each with the way to it. Nothing where nothing was found. */
export function HealthSigns({
  session,
  onSelect,
}: {
  readonly session: Session;
  readonly onSelect: (id: string) => void;
}): ReactNode {
  const signs = healthOf(session);
  if (signs.length === 0) return null;
  return (
    <section className="clew-panel" aria-label="Worth a look">
      <header className="clew-panel-head">
        <h2>Worth a look</h2>
      </header>
      <ul className="clew-signs">
        {signs.map((sign) => {
          const call = session.calls.find(({ id }) => id === sign.runId);
          return (
            <li key={sign.rule} className={`clew-tone-${marks[sign.rule].tone}`}>
              <Glyph name={marks[sign.rule].glyph} />
              <span>
                {sentences[sign.rule](sign)}{' '}
                {call === undefined ? null : (
                  <button type="button" className="clew-link" onClick={() => onSelect(call.id)}>
                    Call {call.position}
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const marks: Record<HealthRule, { readonly tone: 'bad' | 'warn' | 'plain'; readonly glyph: GlyphName }> = {
  unaccounted: { tone: 'bad', glyph: 'triangle' },
  failed: { tone: 'bad', glyph: 'cross' },
  thrash: { tone: 'warn', glyph: 'triangle' },
  over_budget: { tone: 'bad', glyph: 'triangle' },
  eroded: { tone: 'warn', glyph: 'triangle' },
  fallback: { tone: 'warn', glyph: 'triangle' },
  held_back: { tone: 'plain', glyph: 'ring' },
};

const sentences: Record<HealthRule, (sign: HealthSign) => string> = {
  unaccounted: ({ count }) => `${plural(count, 'compaction')} with sums that do not add up.`,
  failed: ({ count }) => `${plural(count, 'attempt')} to compact failed or never ended.`,
  thrash: ({ count }) =>
    `Compacting has stopped to help: the engine holds back after ${plural(count, 'compaction')}.`,
  over_budget: ({ count }) =>
    `${plural(count, 'prompt')} stayed over budget after everything that may leave had left.`,
  eroded: ({ count }) =>
    `Facts that had been carried on were evicted after all, ${count === 1 ? 'once' : `${formatCount(count)} times`}.`,
  fallback: ({ count }) => `${plural(count, 'compaction')} went without the summary that was wanted.`,
  held_back: ({ count }) => `${plural(count, 'compaction')} held back: there was too little to gain.`,
};
