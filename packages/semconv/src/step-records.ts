import { z } from 'zod';
import { Basis, Breakdown, CategoryTokens, Count, Kept, RecordBase, WindowTokens } from './common.ts';
import { SummaryRecord, Trigger } from './run-record.ts';

/** `compact.token_estimate`: the size of the next prompt, in tokens. */
export const TokenEstimateRecord = RecordBase.extend({
  model: z.string(),
  t_est: Count,
  max_tokens: Count,
  /** `t_est / max_tokens`: 0.85 is 85 %; it may pass 1. */
  usage_pct: z.number().nonnegative(),
  basis: Basis,
  breakdown: Breakdown,
  categories: CategoryTokens,
});
export type TokenEstimateRecord = z.infer<typeof TokenEstimateRecord>;

/** The policy's operands, as they were when the decision was made. */
export const PolicyRecord = z.looseObject({
  trigger_pct: z.number(),
  hard_cap_buffer: Count,
  strategy: z.string(),
});

/** `compact.trigger_decision`: fired or skipped, and why. */
export const TriggerDecisionRecord = RecordBase.extend({
  triggered: z.boolean(),
  trigger: Trigger,
  /** The trigger rule that fired, as `idle` or `turns`, or a name of the application's; absent where none did. */
  rule: z.string().optional(),
  reason: z.string(),
  t_est: Count,
  window: WindowTokens,
  policy: PolicyRecord,
  /** What the plan keeps, when it fired. */
  kept: Kept.optional(),
  pruned_count: Count.optional(),
});
export type TriggerDecisionRecord = z.infer<typeof TriggerDecisionRecord>;

/** A part of what leaves, where it is summarised in stages. */
const Part = z.object({ number: Count, count: Count });

/** `compact.summary_created`: a summary was made; its text is the payload where content is captured. */
export const SummaryCreatedRecord = RecordBase.extend({
  strategy: z.string(),
  /** `model` when a model wrote it, `digest` when the engine did. */
  method: z.enum(['model', 'digest']),
  input_messages: Count,
  input_tokens: Count,
  /** Of `input_tokens`, what the summariser was shown; the rest was left out of long items, which say so. */
  shown_tokens: Count.optional(),
  summary_tokens: Count,
  /** `summary_tokens / input_tokens`. */
  compression_ratio: z.number().nonnegative(),
  attempt: Count,
  /** The model that wrote it. */
  model: z.string().optional(),
  /** Where the history was summarised in stages: which of them, from 1. The last one's summary is in force. */
  part: Part.optional(),
  summary: SummaryRecord,
});
export type SummaryCreatedRecord = z.infer<typeof SummaryCreatedRecord>;

/** `compact.pruned_messages`: items left the context. */
export const PrunedMessagesRecord = RecordBase.extend({
  pruned_count: Count,
  pruned_tokens: Count,
  kept: Kept,
  ids: z.array(z.string()),
  /** Tokens that left, by layer. */
  breakdown: Breakdown,
});
export type PrunedMessagesRecord = z.infer<typeof PrunedMessagesRecord>;

/** `compact.archival`: a transcript or a summary was stored. */
export const ArchivalRecord = RecordBase.extend({
  step: z.string(),
  storage_adapter: z.string(),
  location: z.string(),
});
export type ArchivalRecord = z.infer<typeof ArchivalRecord>;

/** `compact.error`: something failed, and what was done instead. The span's status is an error. */
export const ErrorRecord = RecordBase.extend({
  error_type: z.string(),
  message: z.string(),
  fallback: z.string(),
  attempt: Count.optional(),
  /** The model that was asked. */
  model: z.string().optional(),
  /** The wait before the next try, in milliseconds. */
  wait_millis: Count.optional(),
  part: Part.optional(),
});
export type ErrorRecord = z.infer<typeof ErrorRecord>;
