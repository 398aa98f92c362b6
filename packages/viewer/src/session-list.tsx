import { digestOf, type Session, type SessionDigest } from '@clew/trace-model';
import type { ReactNode } from 'react';
import { currentSize, type CurrentSize } from './current-size.ts';
import { Badge } from './cut/outcome-badge.tsx';
import { formatAge } from './format/time.ts';
import { formatRatio } from './format/ratio.ts';
import { Sparkline } from './sparkline.tsx';
import { Tokens } from './tokens.tsx';
import { useNow } from './use-now.ts';
import { plural } from './words.ts';

/** The sessions, newest activity first, each with how full it is and what happened to it. */
export function SessionList({
  sessions,
  selected,
  onSelect,
  hrefOf,
}: {
  readonly sessions: readonly Session[];
  readonly selected?: string | undefined;
  readonly onSelect: (id: string) => void;
  /** Where a session's own page is, for hosts that have addresses. */
  readonly hrefOf?: (id: string) => string;
}): ReactNode {
  const now = useNow();
  return (
    <nav className="clew-sessions" aria-label="Sessions">
      <ul>
        {sessions.map((session) => {
          const row = <SessionRow session={session} now={now} />;
          const current = session.id === selected ? 'page' : undefined;
          return (
            <li key={session.id}>
              {hrefOf === undefined ? (
                <button
                  type="button"
                  className="clew-session"
                  aria-current={current}
                  onClick={() => onSelect(session.id)}
                >
                  {row}
                </button>
              ) : (
                <a className="clew-session" aria-current={current} href={hrefOf(session.id)}>
                  {row}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** A session that is open and heard of within this time, in milliseconds, counts as live. */
const livelyFor = 120_000;

export function isLive(session: Session, now: number): boolean {
  return session.state === 'open' && session.end !== undefined && now - session.end < livelyFor;
}

function SessionRow({ session, now }: { readonly session: Session; readonly now: number }): ReactNode {
  const digest = digestOf(session);
  return (
    <>
      <span className="clew-session-head">
        {isLive(session, now) ? <i className="clew-live" title="Live" /> : null}
        <strong>{session.name}</strong>
        <span className="clew-muted">{session.end === undefined ? '' : formatAge(session.end, now)}</span>
      </span>
      <span className="clew-session-id clew-muted">
        {[session.name === session.id ? undefined : session.id, ...session.agents, ...session.models]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </span>
      {digest.calls === 0 ? (
        <span className="clew-muted">{plural(session.spans.length, 'span')}, no compaction engine seen</span>
      ) : (
        <>
          <Sparkline calls={session.calls} />
          <SessionFacts digest={digest} size={currentSize(session.calls.at(-1))} />
        </>
      )}
    </>
  );
}

function SessionFacts({
  digest,
  size,
}: {
  readonly digest: SessionDigest;
  readonly size: CurrentSize | undefined;
}): ReactNode {
  const { tokens, basis } = size ?? digest;
  const { limit, compactions, fallbacks, failures, unbalanced, running } = digest;
  return (
    <span className="clew-session-facts">
      <span>
        <Tokens count={tokens} basis={basis} />
        {tokens !== undefined && limit ? (
          <span className="clew-muted"> · {formatRatio(tokens / limit)}</span>
        ) : null}
      </span>
      <span className="clew-muted">{plural(digest.calls, 'call')}</span>
      <span className="clew-badges">
        {compactions > 0 ? (
          <Badge tone="plain" glyph="scissors">
            {compactions}
            <span className="clew-visually-hidden"> {compactions === 1 ? 'compaction' : 'compactions'}</span>
          </Badge>
        ) : null}
        {running > 0 ? <Badge tone="busy">running</Badge> : null}
        {failures > 0 ? <Badge tone="bad">{failures} failed</Badge> : null}
        {unbalanced > 0 ? <Badge tone="bad">{unbalanced} unaccounted</Badge> : null}
        {fallbacks > 0 ? <Badge tone="warn">{plural(fallbacks, 'fallback')}</Badge> : null}
      </span>
    </span>
  );
}
