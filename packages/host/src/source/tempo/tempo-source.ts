import type { ApiAddress } from '../address.ts';
import { pageOf } from '../page-of.ts';
import { poll } from '../poll.ts';
import { sessionEntries, sessionsOf } from '../session-entries.ts';
import { sourceError } from '../source-error.ts';
import type { SourcePage, TraceSource } from '../trace-source.ts';
import { digestFound, traceIdOf } from './digest-found.ts';
import { createTempoClient, type FoundTrace } from './tempo-client.ts';
import { listQuery, sessionQuery } from './trace-ql.ts';

export type TempoSourceOptions = {
  readonly address: ApiAddress;
  /** How long to wait between two looks while following. */
  readonly pollMillis: number;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
};

/** A clock that runs ahead elsewhere must not hide what has just happened. */
const AHEAD_MILLIS = 60_000;
/** How old a trace may be and still be followed, where no session is named. */
const RECENT_MILLIS = 15 * 60_000;

/** Reads Tempo: a search in TraceQL finds the traces of agents, and what their spans tell of sessions. */
export function createTempoSource({ address, pollMillis, now }: TempoSourceOptions): TraceSource {
  const client = createTempoClient(address);
  const closing = new AbortController();
  const { maxTraces, lookbackMillis } = address;

  function search(query: string, from: number, signal: AbortSignal): Promise<readonly FoundTrace[]> {
    return client.search({ query, from, to: now() + AHEAD_MILLIS, maxTraces }, signal);
  }

  async function* readTraces(ids: Iterable<string>, signal: AbortSignal): AsyncGenerator<SourcePage> {
    for (const id of ids) {
      const spans = await client.read(id, signal);
      if (spans.length > 0) yield { spans };
    }
  }

  async function* read(id: string, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const found = await search(sessionQuery(id), now() - lookbackMillis, signal);
    const ids = new Set(found.map(traceIdOf));
    if (/^[0-9a-f]{32}$/.test(id)) ids.add(id);
    for await (const page of readTraces(ids, signal)) {
      const traceId = page.spans[0]?.traceId ?? '';
      // A conversation's id stands back where a record names another session.
      if (traceId === id || sessionsOf(traceId, page.spans).includes(id)) yield page;
    }
  }

  const recent = (signal: AbortSignal): Promise<readonly FoundTrace[]> =>
    search(listQuery(undefined), now() - RECENT_MILLIS, signal);
  const ofSession = (id: string, signal: AbortSignal): Promise<readonly FoundTrace[]> =>
    search(sessionQuery(id), now() - lookbackMillis, signal);

  async function* readRecent(signal: AbortSignal): AsyncGenerator<SourcePage> {
    yield* readTraces((await recent(signal)).map(traceIdOf), signal);
  }

  return {
    name: client.name,
    capabilities: {
      follow: 'polled',
      filters: ['text', 'service', 'agent', 'model', 'compacted', 'from', 'to'],
      counts: 'partial',
      attributes: 'typed',
      openSpans: false,
      lookbackMillis,
    },

    async listSessions(query, signal) {
      const from = Math.min(query.from ?? Infinity, now() - lookbackMillis);
      const found = await search(listQuery(query.service), from, signal);
      return pageOf(sessionEntries(found.map(digestFound)), query);
    },

    readSession: read,

    follow: ({ session }, signal) =>
      poll(
        {
          probe: async (either) => {
            const found = session === undefined ? await recent(either) : await ofSession(session, either);
            return markOf(found);
          },
          look: (either) => (session === undefined ? readRecent(either) : read(session, either)),
          intervalMillis: pollMillis,
          closed: closing.signal,
        },
        signal,
      ),

    async close() {
      closing.abort(sourceError('source_unreachable', `${client.name} was closed here.`));
      return Promise.resolve();
    },
  };
}

/** Something that changes when a span comes. */
function markOf(found: readonly FoundTrace[]): string {
  return found
    .map(({ traceID, durationMs, serviceStats }) => JSON.stringify([traceID, durationMs, serviceStats]))
    .toSorted()
    .join('\n');
}
