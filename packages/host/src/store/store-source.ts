import { setImmediate } from 'node:timers/promises';
import type { Changes } from '../live/changes.ts';
import { matchesQuery, readPageCursor, writePageCursor } from '../source/page-of.ts';
import type { SessionEntry, SessionPage, SessionQuery } from '../source/session-query.ts';
import type { FollowQuery, SourcePage, TraceSource } from '../source/trace-source.ts';
import type { SpanMessage, TraceMessage } from '../wire.ts';
import type { FeedItem } from './feed.ts';
import { parseSpan } from './parse-span.ts';
import type { Store } from './store.ts';

/** Sessions that are looked at, and spans that are read, before others get a turn. */
const SLICE = 500;
/** How often the store is looked at for what another process wrote. */
const LOOK_MILLIS = 15_000;

/** The host's own store as a source of sessions. `changes` tells when it has grown; closing it leaves the store open. */
export function createStoreSource(store: Store, changes: Changes): TraceSource {
  const closed = new AbortController();

  async function listSessions(query: SessionQuery, signal: AbortSignal): Promise<SessionPage> {
    const found: SessionEntry[] = [];
    let after = query.cursor === undefined ? undefined : readPageCursor(query.cursor);
    for (;;) {
      signal.throwIfAborted();
      const entries = store.sessionsAfter(after, SLICE);
      found.push(...entries.filter((entry) => matchesQuery(entry, query)));
      const last = entries.at(-1);
      const isOver = entries.length < SLICE || (last?.end ?? 0) < (query.from ?? 0);
      if (isOver || last === undefined || found.length > query.limit) return pageFrom(found, query.limit);
      after = { end: last.end ?? 0, id: last.id };
      await setImmediate();
    }
  }

  async function* readSession(id: string, signal: AbortSignal): AsyncGenerator<SourcePage> {
    signal.throwIfAborted();
    const traces = store.tracesOf(id);
    if (traces.length > 0) yield { spans: [], traces };
    for (const lines of store.readSession(id)) {
      yield { spans: lines.trimEnd().split('\n').map(parseSpan) };
      await setImmediate();
      signal.throwIfAborted();
    }
  }

  async function* follow({ session, after }: FollowQuery, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const either = AbortSignal.any([signal, closed.signal]);
    let cursor = after ?? store.totals().cursor;
    for (;;) {
      either.throwIfAborted();
      const items = store.readAfter(cursor);
      cursor = items.at(-1)?.cursor ?? cursor;
      const page = pageOfItems(items, session === undefined ? undefined : store.traceIdsOf(session));
      if (page !== undefined) yield page;
      else if (items.length === 0) await changes.wait(LOOK_MILLIS, either);
    }
  }

  return {
    name: "the host's own store",
    capabilities: {
      follow: 'pushed',
      filters: ['text', 'service', 'agent', 'model', 'compacted', 'from', 'to'],
      counts: 'exact',
      attributes: 'typed',
      openSpans: true,
    },
    listSessions,
    readSession,
    follow,
    close: () => Promise.resolve(closed.abort()),
  };
}

function pageFrom(found: readonly SessionEntry[], limit: number): SessionPage {
  const sessions = found.slice(0, limit);
  const last = sessions.at(-1);
  return { sessions, ...(found.length > limit && last !== undefined && { next: writePageCursor(last) }) };
}

/** Nothing where none of the items is of the traces asked for. */
function pageOfItems(
  items: readonly FeedItem[],
  only: ReadonlySet<string> | undefined,
): SourcePage | undefined {
  const messages = items.map((item) => item.message).filter(({ traceId }) => only?.has(traceId) ?? true);
  if (messages.length === 0) return undefined;
  return {
    spans: messages.filter((message): message is SpanMessage => message.type === 'span'),
    traces: messages.filter((message): message is TraceMessage => message.type === 'trace'),
  };
}
