import type { ReactNode } from 'react';
import { Badge } from '../cut/outcome-badge.tsx';
import { formatRatio } from '../format/ratio.ts';
import { formatAge } from '../format/time.ts';
import { Tokens } from '../tokens.tsx';
import { plural } from '../words.ts';
import type { SessionEntry } from './session-entry.ts';

/** Heard of within this time, in milliseconds, it counts as live. */
const livelyFor = 120_000;

/** A session in a row: who, when, how full, and what happened to it. */
export function EntryRow({ entry, now }: { readonly entry: SessionEntry; readonly now: number }): ReactNode {
  const { id, end, agents, models, context, compactionCount = 0, spanCount } = entry;
  return (
    <>
      <span className="clew-session-head">
        {end !== undefined && now - end < livelyFor ? <i className="clew-live" title="Live" /> : null}
        <strong>{titleOf(entry)}</strong>
        <span className="clew-muted">{end === undefined ? '' : formatAge(end, now)}</span>
      </span>
      <span className="clew-session-id clew-muted">
        {[context && plural(context.calls, 'call'), id, ...agents, ...models]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </span>
      {context === undefined ? (
        <span className="clew-muted">
          {spanCount === undefined ? '' : `${plural(spanCount, 'span')}, `}no compaction engine seen
        </span>
      ) : (
        <>
          <Fullness latest={context.latest} />
          <span className="clew-badges">
            {compactionCount > 0 ? (
              <Badge tone="plain" glyph="scissors">
                {compactionCount}
                <span className="clew-visually-hidden">
                  {compactionCount === 1 ? ' compaction' : ' compactions'}
                </span>
              </Badge>
            ) : null}
            {context.failures > 0 ? <Badge tone="bad">{context.failures} failed</Badge> : null}
            {context.fallbacks > 0 ? (
              <Badge tone="warn">{plural(context.fallbacks, 'fallback')}</Badge>
            ) : null}
          </span>
        </>
      )}
    </>
  );
}

/** Its trace's name; where it has only that of a span, its agent says more. */
function titleOf({ id, name, agents }: SessionEntry): string {
  const isOperation = name === undefined || name.startsWith('invoke_agent');
  return isOperation ? (agents[0] ?? name ?? id) : name;
}

/** How full the window was at the latest call, in a bar and in figures; figures alone where its size was not told. */
function Fullness({
  latest,
}: {
  readonly latest: NonNullable<SessionEntry['context']>['latest'];
}): ReactNode {
  if (latest === undefined) return null;
  const { tokens, limit, trigger, basis } = latest;
  if (limit === undefined || limit === 0) {
    return (
      <span>
        <Tokens count={tokens} basis={basis} /> <span className="clew-muted">tokens</span>
      </span>
    );
  }
  const tone = trigger !== undefined && tokens >= trigger ? 'warn' : 'good';
  return (
    <span className="clew-fullness">
      <span className={`clew-fullness-bar clew-tone-${tone}`} aria-hidden="true">
        <i style={{ width: `${Math.min(1, tokens / limit) * 100}%` }} />
        {trigger === undefined ? null : <b style={{ left: `${(trigger / limit) * 100}%` }} />}
      </span>
      <span>
        <Tokens count={tokens} basis={basis} />{' '}
        <span className="clew-muted">· {formatRatio(tokens / limit)}</span>
      </span>
    </span>
  );
}
