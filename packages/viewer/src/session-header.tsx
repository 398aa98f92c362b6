import { digestOf, type Session, type SessionDigest } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { currentSize } from './current-size.ts';
import { Badge } from './cut/outcome-badge.tsx';
import { formatRatio } from './format/ratio.ts';
import { formatDuration } from './format/time.ts';
import { exactTokens } from './format/tokens.ts';
import { Moment } from './moment.tsx';
import { isLive } from './session-list.tsx';
import { Tokens } from './tokens.tsx';
import type { Reveal } from './use-reveal.ts';
import { useNow } from './use-now.ts';
import { plural } from './words.ts';

/** Who, and in one line how it stands. */
export function SessionHeader({
  session,
  reveal,
  children,
}: {
  readonly session: Session;
  readonly reveal: Reveal;
  /** What can be done with it. */
  readonly children?: ReactNode;
}): ReactNode {
  const now = useNow();
  const { start, end, agents, models } = session;
  const names = [session.name === session.id ? undefined : session.id, ...agents, ...models];
  return (
    <div className="clew-session-header">
      <div className="clew-panel-head">
        <h1>
          {session.name}
          {isLive(session, now) ? <Badge tone="busy">live</Badge> : null}
        </h1>
        <div className="clew-tools">
          {reveal.count === 0 ? null : (
            <button type="button" className="clew-button" onClick={reveal.hideAll}>
              Hide all
            </button>
          )}
          {children}
        </div>
      </div>
      <p className="clew-muted clew-line-of-facts">
        {names.map((name) => (name === undefined ? null : <span key={name}>{name}</span>))}
        {start === undefined ? null : (
          <span>
            <Moment time={start} />
          </span>
        )}
        {start === undefined || end === undefined ? null : <span>{formatDuration(end - start)}</span>}
      </p>
      <SessionFigures session={session} />
    </div>
  );
}

function SessionFigures({ session }: { readonly session: Session }): ReactNode {
  const digest = digestOf(session);
  if (digest.calls === 0) return null;
  const { limit, basis: peakBasis, peakTokens, peakRatio } = digest;
  const { tokens, basis } = currentSize(session.calls.at(-1)) ?? digest;
  return (
    <dl className="clew-figures">
      <Figure
        name="Now"
        detail={
          limit ? (
            <>
              of <Tokens count={limit} />
            </>
          ) : undefined
        }
      >
        {tokens !== undefined && limit ? (
          <span title={exactTokens(tokens, basis)}>{formatRatio(tokens / limit)}</span>
        ) : (
          <Tokens count={tokens} basis={basis} />
        )}
      </Figure>
      <Figure name="Peak" detail={peakRatio === undefined ? undefined : formatRatio(peakRatio)}>
        <Tokens count={peakTokens} basis={peakBasis} />
      </Figure>
      <Figure name="Compactions" detail={troubles(digest)}>
        {digest.compactions}
      </Figure>
      <Figure name="Saved" detail="tokens">
        <Tokens count={digest.savedTokens} />
      </Figure>
      <Figure name="Model calls">{digest.calls}</Figure>
    </dl>
  );
}

function Figure({
  name,
  detail,
  children,
}: {
  readonly name: string;
  readonly detail?: ReactNode;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children} {detail === undefined ? null : <small>{detail}</small>}
      </dd>
    </div>
  );
}

function troubles({ fallbacks, failures, restorations }: SessionDigest): string | undefined {
  const parts = [
    fallbacks > 0 ? plural(fallbacks, 'fallback') : '',
    failures > 0 ? `${failures} failed` : '',
    restorations > 0 ? `${restorations} put back` : '',
  ];
  const told = parts.filter((part) => part !== '');
  return told.length === 0 ? undefined : told.join(', ');
}
