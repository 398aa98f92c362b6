export { createHost } from './host.ts';
export type { Host } from './host.ts';
export { guard } from './routes/guard.ts';
export { listen } from './listen.ts';
export type { Listener } from './listen.ts';
export { HostError } from './host-error.ts';
export type { HostErrorCode, HostErrorOptions, SourceErrorCode } from './host-error.ts';
export { HostLimits } from './limits.ts';
export { HostRetention } from './retention-options.ts';
export { HostOptions } from './host-options.ts';
export type { HostOptionsInput } from './host-options.ts';
export { AriadneEvent, AriadneSpanEvent, AriadneTraceEvent } from './ariadne/ariadne-events.ts';
export type {
  ErrorBody,
  Facets,
  Health,
  HostStats,
  SpanLink,
  SpanMessage,
  SpanPage,
  StoredSpan,
  StoredTrace,
  StreamMessage,
  TraceDetail,
  TraceList,
  TraceMessage,
  TraceSummary,
} from './wire.ts';
export { SessionQuery } from './source/session-query.ts';
export type { SessionEntry, SessionFilter, SessionPage } from './source/session-query.ts';
export type {
  FollowQuery,
  SourceCapabilities,
  SourcePage,
  SourceSpan,
  TraceSource,
} from './source/trace-source.ts';
export { openSource } from './source/open-source.ts';
export type { OpenSourceOptions } from './source/open-source.ts';
