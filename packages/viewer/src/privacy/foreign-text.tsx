import { useMemo, useState, type ReactNode } from 'react';
import { formatCount } from '../format/tokens.ts';
import { clipped, readableText } from './readable-text.ts';

/** Characters shown at first, and how many more each time: a page can show so many at once without a pause. */
const portion = 20_000;

/**
 * Text that somebody else wrote, as text: never as HTML, with marks for what would act on the page or a terminal, in a
 * direction of its own, and a long one in portions.
 */
export function ForeignText({ text }: { readonly text: string }): ReactNode {
  const [limit, setLimit] = useState(portion);
  const shown = useMemo(() => clipped(text, limit), [text, limit]);
  const pieces = useMemo(() => readableText(shown), [shown]);
  const rest = text.length - shown.length;
  return (
    <>
      <bdi className="clew-foreign">
        {pieces.map((piece, at) =>
          piece.kind === 'text' ? (
            piece.text
          ) : (
            // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have nothing else
            <span key={at} className="clew-unseen" title={piece.meaning}>
              {piece.text}
            </span>
          ),
        )}
      </bdi>
      {rest === 0 ? null : (
        <button type="button" className="clew-button clew-more" onClick={() => setLimit(limit + portion)}>
          Show {formatCount(Math.min(portion, rest))} more of {formatCount(rest)} characters
        </button>
      )}
    </>
  );
}
