import { poll } from './poll.ts';
import type { SessionPage, SessionQuery } from './session-query.ts';
import { sourceError } from './source-error.ts';
import type { SourceCapabilities, SourcePage, TraceSource } from './trace-source.ts';

/** A backend that can only be asked, and tells of spans that have ended. */
export interface Backend extends Pick<SourceCapabilities, 'counts' | 'attributes'> {
  /** For people: the kind and the address, never a password. */
  readonly name: string;
  readonly lookbackMillis: number;
  list(query: SessionQuery, signal: AbortSignal): Promise<SessionPage>;
  read(session: string, signal: AbortSignal): AsyncIterable<SourcePage>;
  /** What came lately, of any session. */
  recent(signal: AbortSignal): AsyncIterable<SourcePage>;
  /** Something cheap that changes when a span comes: of one session, or of any. */
  readonly probe?: (session: string | undefined, signal: AbortSignal) => Promise<string>;
}

export type BackendOptions<TAddress> = {
  readonly address: TAddress;
  /** How long to wait between two looks while following. */
  readonly pollMillis: number;
  /** The clock, in epoch milliseconds. */
  readonly now: () => number;
};

/** A clock that runs ahead elsewhere must not hide what has just happened. */
export const AHEAD_MILLIS = 60_000;
/** How long after its end a span may arrive and still be followed, where no session is named. */
export const RECENT_MILLIS = 15 * 60_000;

/** A backend as a source: it follows by asking again. */
export function polledSource(backend: Backend, pollMillis: number): TraceSource {
  const { name, counts, attributes, lookbackMillis, probe } = backend;
  const closing = new AbortController();
  return {
    name,
    capabilities: {
      follow: 'polled',
      filters: ['text', 'service', 'agent', 'model', 'compacted', 'from', 'to'],
      counts,
      attributes,
      openSpans: false,
      lookbackMillis,
    },
    listSessions: (query, signal) => backend.list(query, signal),
    readSession: (id, signal) => backend.read(id, signal),
    follow: ({ session }, signal) =>
      poll(
        {
          ...(probe && { probe: (either: AbortSignal) => probe(session, either) }),
          look: (either) => (session === undefined ? backend.recent(either) : backend.read(session, either)),
          intervalMillis: pollMillis,
          closed: closing.signal,
        },
        signal,
      ),
    close() {
      closing.abort(sourceError('source_unreachable', `${name} was closed here.`));
      return Promise.resolve();
    },
  };
}
