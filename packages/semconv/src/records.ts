import type { z } from 'zod';
import { RunRecord } from './run-record.ts';
import {
  ArchivalRecord,
  ErrorRecord,
  PrunedMessagesRecord,
  SummaryCreatedRecord,
  TokenEstimateRecord,
  TriggerDecisionRecord,
} from './step-records.ts';

/** Every `compact.*` span by its name, and the schema of what it carries. */
export const records = {
  'compact.run': RunRecord,
  'compact.token_estimate': TokenEstimateRecord,
  'compact.trigger_decision': TriggerDecisionRecord,
  'compact.summary_created': SummaryCreatedRecord,
  'compact.pruned_messages': PrunedMessagesRecord,
  'compact.archival': ArchivalRecord,
  'compact.error': ErrorRecord,
} as const;

export type RecordName = keyof typeof records;
export type RecordOf<TName extends RecordName> = z.infer<(typeof records)[TName]>;
