import { GenAi } from '@clew/semconv';
import type { ApiAddress } from '../address.ts';
import { pageOf } from '../page-of.ts';
import {
  AHEAD_MILLIS,
  polledSource,
  RECENT_MILLIS,
  type Backend,
  type BackendOptions,
} from '../polled-source.ts';
import { digestTrace, sessionEntries, sessionsOf, type TraceDigest } from '../session-entries.ts';
import type { SourcePage, TraceSource } from '../trace-source.ts';
import { createJaegerClient, type JaegerSearch, type Traces } from './jaeger-client.ts';

/**
 * Reads Jaeger. It has no notion of a session and lists no attribute's values, so a list is made of the traces of
 * its services within the look-back, as many as the address allows.
 */
export function createJaegerSource({ address, pollMillis, now }: BackendOptions<ApiAddress>): TraceSource {
  const client = createJaegerClient(address);
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

  const backend: Backend = {
    name: client.name,
    counts: 'partial',
    attributes: 'scalars',
    lookbackMillis,
    async list(query, signal) {
      const from = Math.min(query.from ?? Infinity, now() - lookbackMillis);
      const digests = new Map<string, TraceDigest>();
      const { service } = query;
      for await (const traces of search({ from, ...(service !== undefined && { service }) }, signal))
        for (const [traceId, spans] of traces) digests.set(traceId, digestTrace(traceId, spans));
      return pageOf(sessionEntries(digests.values()), query);
    },
    read,
    recent,
  };
  return polledSource(backend, pollMillis);
}
