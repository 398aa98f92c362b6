import { digestOf, type Session } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { Badge } from '../cut/outcome-badge.tsx';
import { cutName } from '../cut/cut-words.ts';
import { formatRatio } from '../format/ratio.ts';
import { Sparkline } from '../sparkline.tsx';
import { Tokens } from '../tokens.tsx';
import { plural } from '../words.ts';

/** How a session stands, in one line: how full, how often compacted, the last time, and what went wrong. */
export function PressureStrip({
  session,
  onSelect,
}: {
  readonly session: Session;
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
}): ReactNode {
  const { tokens, limit, basis, compactions, fallbacks, failures } = digestOf(session);
  const last = session.cuts.at(-1);
  return (
    <section className="clew-strip" aria-label="Context pressure">
      <Sparkline calls={session.calls} />
      <p className="clew-line-of-facts">
        <span>
          {tokens !== undefined && limit ? (
            <>
              <strong>{formatRatio(tokens / limit)}</strong> of <Tokens count={limit} />
            </>
          ) : (
            <Tokens count={tokens} basis={basis} />
          )}
        </span>
        <span>{compactions === 0 ? 'not compacted so far' : `compacted ${plural(compactions, 'time')}`}</span>
        {last === undefined ? null : (
          <button
            type="button"
            className="clew-link"
            aria-label={`${cutName(last)}, last compaction`}
            onClick={() => onSelect(last.id)}
          >
            last compaction
          </button>
        )}
        {fallbacks === 0 ? null : <Badge tone="warn">{plural(fallbacks, 'fallback')}</Badge>}
        {failures === 0 ? null : <Badge tone="bad">{failures} failed</Badge>}
      </p>
    </section>
  );
}
