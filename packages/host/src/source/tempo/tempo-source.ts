import type { ApiAddress } from '../address.ts';
import { pageOf } from '../page-of.ts';
import {
  AHEAD_MILLIS,
  polledSource,
  RECENT_MILLIS,
  type Backend,
  type BackendOptions,
} from '../polled-source.ts';
import { sessionEntries, sessionsOf } from '../session-entries.ts';
import type { SourcePage, TraceSource } from '../trace-source.ts';
import { digestFound, traceIdOf } from './digest-found.ts';
import { createTempoClient, type FoundTrace } from './tempo-client.ts';
import { listQuery, sessionQuery } from './trace-ql.ts';

/** Reads Tempo: a search in TraceQL finds the traces of agents, and what their spans tell of sessions. */
export function createTempoSource({ address, pollMillis, now }: BackendOptions<ApiAddress>): TraceSource {
  const client = createTempoClient(address);
  const { maxTraces, lookbackMillis } = address;

  function search(query: string, from: number, signal: AbortSignal): Promise<readonly FoundTrace[]> {
    return client.search({ query, from, to: now() + AHEAD_MILLIS, maxTraces }, signal);
  }

  const findSession = (id: string, signal: AbortSignal): Promise<readonly FoundTrace[]> =>
    search(sessionQuery(id), now() - lookbackMillis, signal);

  async function* readTraces(ids: Iterable<string>, signal: AbortSignal): AsyncGenerator<SourcePage> {
    for (const id of ids) {
      const spans = await client.read(id, signal);
      if (spans.length > 0) yield { spans };
    }
  }

  async function* read(id: string, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const found = await findSession(id, signal);
    const ids = new Set(found.map(traceIdOf));
    if (/^[0-9a-f]{32}$/.test(id)) ids.add(id);
    for await (const page of readTraces(ids, signal)) {
      const traceId = page.spans[0]?.traceId ?? '';
      // A conversation's id stands back where a record names another session.
      if (traceId === id || sessionsOf(traceId, page.spans).includes(id)) yield page;
    }
  }

  const findRecent = (signal: AbortSignal): Promise<readonly FoundTrace[]> =>
    search(listQuery(undefined), now() - RECENT_MILLIS, signal);

  const backend: Backend = {
    name: client.name,
    counts: 'partial',
    attributes: 'typed',
    lookbackMillis,
    async list(query, signal) {
      const from = Math.min(query.from ?? Infinity, now() - lookbackMillis);
      const found = await search(listQuery(query.service), from, signal);
      return pageOf(sessionEntries(found.map(digestFound)), query);
    },
    read,
    async *recent(signal) {
      yield* readTraces((await findRecent(signal)).map(traceIdOf), signal);
    },
    probe: async (session, signal) =>
      markOf(await (session === undefined ? findRecent(signal) : findSession(session, signal))),
  };
  return polledSource(backend, pollMillis);
}

/** Something that changes when a span comes. */
function markOf(found: readonly FoundTrace[]): string {
  return found
    .map(({ traceID, durationMs, serviceStats }) => JSON.stringify([traceID, durationMs, serviceStats]))
    .toSorted()
    .join('\n');
}
