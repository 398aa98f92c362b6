export { Span, SpanLink, TraceInfo } from './span.ts';
export { StreamMessage } from './stream-message.ts';
export { createModel, fold } from './model.ts';
export type { Model } from './model.ts';
export type { Session, SessionState } from './session.ts';
export { digestOf } from './session-digest.ts';
export type { SessionDigest } from './session-digest.ts';
export type { Run, RunState } from './run.ts';
export { sentTokens } from './call.ts';
export type { Call, CallCache, CallCost, CallThrash, Measure, Window } from './call.ts';
export type { Usage } from './usage.ts';
export type { Cut, CutKind, CutSummary } from './cut.ts';
export { staysInContext } from './fate-sums.ts';
export type { FateSum } from './fate-sums.ts';
export { audit } from './audit.ts';
export type { Audit, Discrepancy, Law } from './audit.ts';
export { contextAt } from './context-at.ts';
export type { ContextAt, GoneItem } from './context-at.ts';
export type { ContextBasis, ContextItem } from './list-after.ts';
export { lineageOf } from './lineage-of.ts';
export type { LineageEntry } from './lineage-of.ts';
export { gapsOf } from './gaps-of.ts';
export type { Gap } from './gaps-of.ts';
export { notTold } from './foreign/foreign-compaction.ts';
export type {
  ForeignCompaction,
  ForeignField,
  ForeignOutcome,
  ForeignTool,
} from './foreign/foreign-compaction.ts';
export { foreignEvents } from './foreign/foreign-events.ts';
export { readForeign } from './foreign/read-foreign.ts';
export { readForeignLine } from './foreign/read-foreign-line.ts';
export type { ForeignCut } from './foreign/foreign-of.ts';
export { ledgerEntries } from './ledger-entries.ts';
export type { Integrity, LedgerEntry } from './ledger-entries.ts';
export { retentionOf } from './retention-of.ts';
export type { KeptOfTotal, KindRetention, MeasuredCut, SessionRetention } from './retention-of.ts';
export { cacheOf } from './cache-of.ts';
export type { CachedCall, SessionCache } from './cache-of.ts';
export { costOf } from './cost-of.ts';
export type { CutCost, SessionCost } from './cost-of.ts';
export { healthOf } from './health-of.ts';
export type { HealthRule, HealthSign } from './health-of.ts';
export { categories, fates, outcomes } from '@clew/semconv';
export { Category, Fate, Outcome } from '@clew/semconv';
export type {
  ArchivalRecord,
  Basis,
  CategoryTokens,
  ErrorRecord,
  FactKind,
  LedgerRow,
  RetentionRecord,
  RunRecord,
  SummaryRecord,
  Trigger,
} from '@clew/semconv';
