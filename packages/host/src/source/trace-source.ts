import type { StoredSpan, StoredTrace } from '../wire.ts';
import type { SessionFilter, SessionPage, SessionQuery } from './session-query.ts';

/**
 * Where sessions are read from: the host's own store, or a backend that holds traces already.
 *
 * A session is named by a `compact.*` record, else by a conversation's id; a trace in which nobody names one is a
 * session under the trace's id. To read a session is to read every trace in which it is named, whole: the model
 * places each span, so a trace that two sessions share is read with either.
 *
 * Every method rejects with the signal's reason when it is aborted, and with a {@link HostError} whose code begins
 * with `source_` when the backend cannot be reached, refuses, or answers what nobody can read.
 */
export interface TraceSource {
  /** For people: the kind and the address, never a password. */
  readonly name: string;
  readonly capabilities: SourceCapabilities;
  /** Newest activity first. Rejects with `source_unsupported` on a filter that is not among the capabilities. */
  listSessions(query: SessionQuery, signal: AbortSignal): Promise<SessionPage>;
  /** Page by page; none at all for a session that is not known. A span may come twice, each time whole. */
  readSession(id: string, signal: AbortSignal): AsyncIterable<SourcePage>;
  /**
   * What arrives after the call, until it is aborted: at least once each, in no particular order. Throws
   * `source_unsupported` where the capability is `none`.
   */
  follow(query: FollowQuery, signal: AbortSignal): AsyncIterable<SourcePage>;
  /** May be called again. What is under way ends as if it had been aborted. */
  close(): Promise<void>;
}

/** What a source can do, so that a reader need not try. */
export type SourceCapabilities = {
  /** `pushed`: once it is committed. `polled`: the source asks again at an interval. */
  readonly follow: 'pushed' | 'polled' | 'none';
  readonly filters: readonly SessionFilter[];
  /** `exact`, or `partial` where the backend tells of a part of a session's spans until the session is read. */
  readonly counts: 'exact' | 'partial';
  /** `typed`; `scalars` where lists and objects come back as JSON text; `text` where numbers and booleans do too. */
  readonly attributes: 'typed' | 'scalars' | 'text';
  /** Whether a span can be seen before it has ended. */
  readonly openSpans: boolean;
  /** How far back a list looks unless the query says so, in milliseconds; absent where everything is listed. */
  readonly lookbackMillis?: number;
};

/** A span as a source gives it. Only the host's own store has cursors. */
export type SourceSpan = Omit<StoredSpan, 'cursor'> & { readonly cursor?: number };

export type SourcePage = {
  readonly spans: readonly SourceSpan[];
  /** What is known of whole traces, where the source keeps that apart from their spans. */
  readonly traces?: readonly StoredTrace[];
};

export type FollowQuery = {
  /** Only what belongs to the traces of this session. */
  readonly session?: string;
  /** Also what came after this cursor and before the call, where the source has cursors. */
  readonly after?: number;
};
