import { useMemo, type ReactNode } from 'react';
import { ForeignText } from '../privacy/foreign-text.tsx';
import { plural } from '../words.ts';
import { wordDiff, type DiffPart } from './word-diff.ts';

/** Two texts in one: what was taken out is struck through, what was put in is underlined. */
export function SummaryDiff({
  before,
  after,
  names: [older, newer],
}: {
  readonly before: string;
  readonly after: string;
  readonly names: readonly [older: string, newer: string];
}): ReactNode {
  const parts = useMemo(() => wordDiff(before, after), [before, after]);
  if (parts === undefined) {
    return (
      <p className="clew-hidden">
        {older} and {newer} are too long, or have too little in common, to be compared here.
      </p>
    );
  }
  return (
    <>
      <p className="clew-muted clew-small">
        From {older} to {newer}: {plural(wordsOf(parts, 'removed'), 'word')} gone,{' '}
        {plural(wordsOf(parts, 'added'), 'word')} new.
      </p>
      <div
        className="clew-text"
        role="region"
        aria-label={`What changed from ${older} to ${newer}`}
        tabIndex={0}
      >
        {keyed(parts).map(({ key, kind, text }) =>
          kind === 'same' ? (
            <ForeignText key={key} text={text} />
          ) : kind === 'added' ? (
            <ins key={key}>
              <ForeignText text={text} />
            </ins>
          ) : (
            <del key={key}>
              <ForeignText text={text} />
            </del>
          ),
        )}
      </div>
    </>
  );
}

function wordsOf(parts: readonly DiffPart[], kind: DiffPart['kind']): number {
  return parts
    .filter((part) => part.kind === kind)
    .reduce((count, { text }) => count + (text.match(/\S+/gu)?.length ?? 0), 0);
}

/** A part is told from its like by where in the two texts it begins. */
function keyed(parts: readonly DiffPart[]): readonly (DiffPart & { readonly key: string })[] {
  let at = 0;
  return parts.map((part) => {
    const key = `${part.kind} ${at}`;
    at += part.text.length;
    return { ...part, key };
  });
}
