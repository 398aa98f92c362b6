import type { RecordName } from './records.ts';

/** The names of the `compact.*` spans. */
export const SpanName = {
  run: 'compact.run',
  tokenEstimate: 'compact.token_estimate',
  triggerDecision: 'compact.trigger_decision',
  summaryCreated: 'compact.summary_created',
  prunedMessages: 'compact.pruned_messages',
  archival: 'compact.archival',
  error: 'compact.error',
} as const satisfies Record<string, RecordName>;
