import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Glyph } from '../glyph.tsx';
import { ForeignText } from '../privacy/foreign-text.tsx';
import type { Reveal } from '../use-reveal.ts';
import { plural } from '../words.ts';
import { factWords } from './fact-words.ts';

/** The facts that a compaction gave up, once they are asked for: they are content. */
export function EvictedFacts({ cut, reveal }: { readonly cut: Cut; readonly reveal: Reveal }): ReactNode {
  const { evicted = 0, evicted_facts: facts = [] } = cut.retention ?? {};
  if (evicted === 0) return null;
  if (facts.length === 0)
    return <p className="clew-hidden">The texts of what was evicted were not captured.</p>;
  const key = `${cut.id}/evicted`;
  const isRevealed = reveal.isRevealed(key);
  return (
    <>
      <button
        type="button"
        className="clew-button clew-start"
        aria-expanded={isRevealed}
        onClick={() => reveal.set(key, !isRevealed)}
      >
        <Glyph name={isRevealed ? 'eyeOff' : 'eye'} />
        {isRevealed ? 'Hide evicted facts' : `Reveal ${plural(facts.length, 'evicted fact')}`}
      </button>
      {isRevealed ? (
        <ul className="clew-evicted" aria-label="Evicted facts, worth most first">
          {facts.map(({ kind, text }) => (
            <li key={`${kind} ${text}`}>
              <span className="clew-muted">{factWords[kind]}</span>{' '}
              <code>
                <ForeignText text={text} />
              </code>
            </li>
          ))}
        </ul>
      ) : null}
      {isRevealed && facts.length < evicted ? (
        <p className="clew-muted clew-small">
          The other {plural(evicted - facts.length, 'fact')} were not captured.
        </p>
      ) : null}
    </>
  );
}
