import type { Cut } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { formatRatio } from '../format/ratio.ts';
import { formatDuration } from '../format/time.ts';
import { Moment } from '../moment.tsx';
import { Tokens } from '../tokens.tsx';
import { spaced, triggerWords } from '../words.ts';
import { cutSentence, cutTitle } from './cut-words.ts';
import { Badge, OutcomeBadge } from './outcome-badge.tsx';

/** Before and after in large figures; beneath them why, how and how long. */
export function CutHeader({ cut }: { readonly cut: Cut }): ReactNode {
  const { before, after, saved, basis, start, end } = cut;
  const sentence = cutSentence(cut);
  return (
    <header className="clew-cut-head">
      <div className="clew-panel-head">
        <h2>
          {cutTitle(cut)} <span className="clew-muted">at call {cut.call.position}</span>
        </h2>
        <span className="clew-badges">
          <OutcomeBadge cut={cut} />
          {cut.trigger === undefined ? null : <Badge tone="plain">{triggerWords[cut.trigger]}</Badge>}
          {cut.strategy === undefined ? null : <Badge tone="plain">{spaced(cut.strategy)}</Badge>}
          {basis === 'estimate' ? <Badge tone="plain">estimated</Badge> : null}
        </span>
      </div>
      <p className="clew-figure">
        <Tokens count={before} basis={basis} />
        <span className="clew-arrow" aria-label="to">
          →
        </span>
        {after === undefined ? (
          <span className="clew-muted">not known yet</span>
        ) : (
          <Tokens count={after} basis={basis} />
        )}
        <Saved saved={saved} before={before} isRestored={cut.outcome === 'restored'} />
      </p>
      {sentence === undefined ? null : <p>{sentence}</p>}
      <p className="clew-muted clew-line-of-facts">
        {start === undefined ? null : (
          <span>
            <Moment time={start} />
          </span>
        )}
        {start === undefined || end === undefined ? null : <span>took {formatDuration(end - start)}</span>}
        {cut.steps.length === 0 ? null : <span>{cut.steps.map(spaced).join(' → ')}</span>}
        {cut.reason === undefined ? null : <span>{cut.reason}</span>}
      </p>
      {cut.advice === undefined ? null : <p className="clew-note">{cut.advice}</p>}
    </header>
  );
}

function Saved({
  saved,
  before,
  isRestored,
}: {
  readonly saved: number | undefined;
  readonly before: number | undefined;
  readonly isRestored: boolean;
}): ReactNode {
  if (saved === undefined || !before) return null;
  if (saved === 0) return <span className="clew-saved clew-tone-plain">unchanged</span>;
  if (isRestored) {
    return (
      <span className="clew-saved clew-tone-plain">
        <Tokens count={-saved} isChange /> tokens
      </span>
    );
  }
  return (
    <span className={`clew-saved clew-tone-${saved < 0 ? 'bad' : 'good'}`}>
      <Tokens count={-saved} isChange /> tokens · {formatRatio(Math.abs(saved) / before)}{' '}
      {saved < 0 ? 'more' : 'saved'}
    </span>
  );
}
