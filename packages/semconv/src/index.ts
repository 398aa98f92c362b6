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
export { LedgerRow } from './ledger-row.ts';
export { FateCounts, Outcome, PayloadState, RunRecord, SummaryRecord, Trigger } from './run-record.ts';
export {
  ArchivalRecord,
  ErrorRecord,
  PolicyRecord,
  PrunedMessagesRecord,
  SummaryCreatedRecord,
  TokenEstimateRecord,
  TriggerDecisionRecord,
} from './step-records.ts';
export { isRecordName, records } from './records.ts';
export type { RecordName, RecordOf } from './records.ts';
export { GenAi } from './gen-ai.ts';
