import { GenAi } from '@clew/semconv';
import type { ApiAddress } from '../address.ts';
import { pageOf } from '../page-of.ts';
import { poll } from '../poll.ts';
import { digestTrace, sessionEntries, sessionsOf } from '../session-entries.ts';
import { sourceError } from '../source-error.ts';
import type { SourcePage, TraceSource } from '../trace-source.ts';
import { createJaegerClient, type JaegerSearch, type Traces } from './jaeger-client.ts';

export type JaegerSourceOptions = {
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

/**
 * Reads Jaeger. It has no notion of a session and lists no attribute's values, so a list is made of the traces of
 * its services within the look-back, as many as the address allows.
 */
export function createJaegerSource({ address, pollMillis, now }: JaegerSourceOptions): TraceSource {
  const client = createJaegerClient(address);
  const closing = new AbortController();
  const { maxTraces, lookbackMillis } = address;

  async function* search(
    { from, service, attributes }: Partial<JaegerSearch>,
    signal: AbortSignal,
  ): AsyncGenerator<Traces> {
    const services = service === undefined ? await client.services(signal) : [service];
    const window = { from: from ?? now() - lookbackMillis, to: now() + AHEAD_MILLIS, maxTraces };
    for (const one of services)
      yield await client.find({ ...window, service: one, ...(attributes && { attributes }) }, signal);
  }

  /** Asks for what names the session by each key; a server that ignores attributes answers all the first time. */
  async function* read(id: string, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const given = new Set<string>();
    if (/^[0-9a-f]{32}$/.test(id))
      for (const [traceId, spans] of await client.read(id, signal)) {
        given.add(traceId);
        yield { spans };
      }
    for (const key of ['compact.session_id', GenAi.conversationId]) {
      let isFiltered = true;
      for await (const traces of search({ attributes: { [key]: id } }, signal))
        for (const [traceId, spans] of traces) {
          const isNamed = sessionsOf(traceId, spans).includes(id);
          isFiltered &&= isNamed;
          if (!isNamed || given.has(traceId)) continue;
          given.add(traceId);
          yield { spans };
        }
      if (!isFiltered) return;
    }
  }

  async function* recent(signal: AbortSignal): AsyncGenerator<SourcePage> {
    for await (const traces of search({ from: now() - RECENT_MILLIS }, signal))
      for (const spans of traces.values()) yield { spans };
  }

  return {
    name: client.name,
    capabilities: {
      follow: 'polled',
      filters: ['text', 'service', 'agent', 'model', 'compacted', 'from', 'to'],
      counts: 'partial',
      attributes: 'scalars',
      openSpans: false,
      lookbackMillis,
    },

    async listSessions(query, signal) {
      const from = Math.min(query.from ?? Infinity, now() - lookbackMillis);
      const digests = new Map();
      for await (const traces of search(
        { from, ...(query.service !== undefined && { service: query.service }) },
        signal,
      ))
        for (const [traceId, spans] of traces) digests.set(traceId, digestTrace(traceId, spans));
      return pageOf(sessionEntries(digests.values()), query);
    },

    readSession: read,

    follow: ({ session }, signal) =>
      poll(
        {
          look: (either) => (session === undefined ? recent(either) : read(session, either)),
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
