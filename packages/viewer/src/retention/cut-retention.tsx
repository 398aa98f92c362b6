import type { Cut, RetentionRecord } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { Glyph } from '../glyph.tsx';
import { Tokens } from '../tokens.tsx';
import type { Reveal } from '../use-reveal.ts';
import { plural } from '../words.ts';
import { factWords } from './fact-words.ts';
import { KeptCell } from './kept-cell.tsx';

/** What one compaction kept of the facts in what it took away; what was evicted, once it is asked for, and why. */
export function CutRetention({ cut, reveal }: { readonly cut: Cut; readonly reveal: Reveal }): ReactNode {
  const { retention } = cut;
  if (retention === undefined) return null;
  return (
    <section className="clew-panel" aria-label="Retention">
      <header className="clew-panel-head">
        <h2>What was retained</h2>
      </header>
      <p className="clew-muted clew-line-of-facts">
        <span>{plural(retention.facts, 'fact')} carried on</span>
        <span>
          {retention.sheet_tokens === 0 ? (
            'no fact sheet written here'
          ) : (
            <>
              fact sheet of <Tokens count={retention.sheet_tokens} /> tokens
            </>
          )}
        </span>
        <span title="Each fact weighed by who named it, how often and how lately">
          {formatRatio(retention.score)} by weight
        </span>
      </p>
      <Kinds retention={retention} />
      <Evicted retention={retention} revealKey={`${cut.id}/evicted`} reveal={reveal} />
    </section>
  );
}

function Kinds({ retention }: { readonly retention: RetentionRecord }): ReactNode {
  const kinds = Object.entries(factWords).flatMap(([kind, word]) => {
    const of = retention.by_kind[kind as keyof typeof factWords];
    return of === undefined ? [] : [{ kind, word, of }];
  });
  if (kinds.length === 0) return <p className="clew-muted">There were no facts in what it took away.</p>;
  return (
    <table className="clew-table clew-plain clew-matrix">
      <caption className="clew-visually-hidden">Facts that can still be read, by kind</caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Can still be read</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map(({ kind, word, of }) => (
          <tr key={kind}>
            <th scope="row">{word}</th>
            <td>
              <KeptCell of={of} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Evicted({
  retention: { evicted, eroded, evicted_facts },
  revealKey,
  reveal,
}: {
  readonly retention: RetentionRecord;
  readonly revealKey: string;
  readonly reveal: Reveal;
}): ReactNode {
  const facts = evicted_facts ?? [];
  if (evicted === 0) return <p className="clew-muted">Nothing was evicted.</p>;
  const isRevealed = reveal.isRevealed(revealKey);
  return (
    <>
      <p>
        {plural(evicted, 'fact')} evicted: what named {evicted === 1 ? 'it' : 'them'} has left the context,
        and there was no room for {evicted === 1 ? 'it' : 'them'} among the facts that are carried on. What is
        worth least goes first.
        {eroded === 0 ? null : ` ${eroded} of them had been carried on by an earlier compaction.`}
      </p>
      {facts.length === 0 ? (
        <p className="clew-hidden">Their texts were not captured.</p>
      ) : (
        <button
          type="button"
          className="clew-button clew-start"
          aria-expanded={isRevealed}
          onClick={() => reveal.set(revealKey, !isRevealed)}
        >
          <Glyph name={isRevealed ? 'eyeOff' : 'eye'} />
          {isRevealed ? 'Hide evicted facts' : `Reveal ${plural(facts.length, 'evicted fact')}`}
        </button>
      )}
      {isRevealed && facts.length > 0 ? (
        <ul className="clew-evicted" aria-label="Evicted facts, worth most first">
          {facts.map(({ kind, text }) => (
            <li key={`${kind} ${text}`}>
              <span className="clew-muted">{factWords[kind]}</span> <code>{text}</code>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}
