export { createHost } from './host.ts';
export type { Host, HostStats } from './host.ts';
export { HostError } from './host-error.ts';
export type { HostErrorCode, HostErrorOptions } from './host-error.ts';
export { HostOptions } from './host-options.ts';
export type { HostOptionsInput } from './host-options.ts';
export { AriadneEvent, AriadneSpanEvent, AriadneTraceEvent } from './ariadne/ariadne-events.ts';
export type {
  ErrorBody,
  Health,
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
