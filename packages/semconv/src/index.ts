export { SCHEMA_VERSION } from './schema-version.ts';
export {
  Basis,
  Breakdown,
  Category,
  CategoryTokens,
  Count,
  Fate,
  Kept,
  RecordBase,
  WindowTokens,
} from './common.ts';
export { categories, factKinds, fates, outcomes } from './vocabulary.ts';
export { LedgerRow } from './ledger-row.ts';
export {
  FactKind,
  FateCounts,
  Outcome,
  PayloadState,
  RetentionRecord,
  RunRecord,
  SummaryRecord,
  Trigger,
} from './run-record.ts';
export {
  ArchivalRecord,
  ErrorRecord,
  PolicyRecord,
  PrunedMessagesRecord,
  SummaryCreatedRecord,
  TokenEstimateRecord,
  TriggerDecisionRecord,
} from './step-records.ts';
export { records } from './records.ts';
export type { RecordName, RecordOf } from './records.ts';
export { GenAiCall } from './gen-ai-call.ts';
export { GenAi } from './gen-ai.ts';
export { SpanName } from './span-name.ts';
export { toAttributes } from './attributes.ts';
export { fromAttributes } from './from-attributes.ts';
export type { Attributes, AttributeValue } from './attributes.ts';
export { toAriadneData } from './ariadne-data.ts';
export { fromAriadneData } from './from-ariadne-data.ts';
export type { AriadneData } from './ariadne-data.ts';
export { decode } from './decode.ts';
export { isRecordName } from './decoded.ts';
export type { Decoded } from './decoded.ts';
export type { Issue } from './issue.ts';
export { describe } from './sentence.ts';
