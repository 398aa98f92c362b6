import { z } from 'zod';
import { outcomes } from '../outcome.ts';
import { CompactionPayload } from './compaction-payload.ts';

/** Of the form of the events: a reader that knows an older one goes on to read what it knows. */
export const LIFECYCLE_VERSION = 1;

/** When something happened, as ISO 8601 in UTC. */
const At = z.iso.datetime().describe('When it happened, ISO 8601 in UTC.');
const Count = z.number().int().nonnegative();

const EventBase = z.object({
  schema_version: z.number().int().positive().describe('1: the form of the events.'),
  id: z.string().describe('The same wherever the event is told: the run and what became of it.'),
  sequence: Count.describe(
    'The number of the event in its manager, from 1. A gap is what a reader that was too slow has missed.',
  ),
  at: At,
  session_id: z.string().describe('The conversation.'),
});

const RunEventBase = EventBase.extend({
  run_id: z.string().describe('The `compact.id` of the spans of the same run.'),
  call_index: Count.describe('The number of the model call in its session, from 1.'),
  trigger: z
    .enum(['threshold', 'manual', 'overflow', 'provider'])
    .describe('What made the engine look; `provider`: the provider did it by itself.'),
  rule: z.string().optional().describe('The trigger rule that fired, where one did.'),
  phase: z
    .enum(['preflight', 'manual', 'overflow', 'background', 'undo', 'reinflate', 'provider'])
    .describe('Before a model call, asked for by hand, after a refusal, prepared ahead, or by the provider.'),
  model: z.string().describe('Whose window is watched.'),
  provider: z.string().optional().describe('Of that model, where it was told.'),
  agent: z.string().optional().describe('Whose call it is, where it was told.'),
});

const Ended = {
  outcome: z.enum(outcomes).describe('How the run ended.'),
  duration_millis: Count.describe('From the start of the run to its end.'),
};

/** Items are about to leave. One of the two that follow comes in any case. */
export const CompactionStarted = RunEventBase.extend({
  type: z.literal('context.compaction.started'),
  reason: z.string().describe('Why, as the rule says it.'),
  strategy: z.string().describe('What the summary is written as.'),
  planned_count: Count.describe('Items that are meant to leave, whole or in part.'),
  tokens_before: Count.describe('The prompt, estimated.'),
  tokens_limit: Count.describe('The window.'),
  tokens_trigger: Count.describe('Where compaction fires.'),
  tokens_target: Count.describe('Where it aims.'),
});
export type CompactionStarted = z.infer<typeof CompactionStarted>;

/** The context is another one now. Exactly one for each splice that takes something away. */
export const CompactionCompleted = RunEventBase.extend({
  type: z.literal('context.compaction.completed'),
  ...Ended,
  payload: CompactionPayload,
});
export type CompactionCompleted = z.infer<typeof CompactionCompleted>;

/**
 * The context is as it was: what was begun has come to nothing, or what was due could not be begun, and then no
 * `started` came before.
 */
export const CompactionFailed = RunEventBase.extend({
  type: z.literal('context.compaction.failed'),
  ...Ended,
  error_type: z.string().describe('The last failure of the run by its class, else the outcome.'),
  payload: CompactionPayload,
});
export type CompactionFailed = z.infer<typeof CompactionFailed>;

/** A provider has refused a prompt as too long: what is tried, and in the end whether it helped. */
export const OverflowRecovered = EventBase.extend({
  type: z.literal('context.overflow.recovery'),
  status: z
    .enum(['attempted', 'recovered', 'unrecovered'])
    .describe(
      'A smaller prompt was looked for; the provider has accepted one; or the refusal goes to the caller.',
    ),
  attempt: Count.describe('Of `attempted`: its number, from 1. Else: how many there were.'),
  step: z.string().optional().describe('What was tried last.'),
  run_id: z.string().optional().describe('Of `attempted`: the run that looked for the smaller prompt.'),
  outcome: z.enum(outcomes).optional().describe('Of that run.'),
  is_smaller: z.boolean().optional().describe('Of `attempted`: whether it found one, which is sent now.'),
  pattern: z.string().optional().describe('What was recognised of the refusal.'),
  kind: z.enum(['tokens', 'bytes', 'text']).optional().describe('What was too long.'),
  tokens_limit: Count.optional().describe("The provider's limit, by its own words."),
  tokens_refused: Count.optional().describe('The refused prompt, as the provider counted it.'),
  tokens_before: Count.describe('The refused prompt, as the engine counts.'),
  tokens_after: Count.describe('The prompt that is, or was, sent instead.'),
  token_delta: z.number().int().describe('After less before: negative where it was made smaller.'),
});
export type OverflowRecovered = z.infer<typeof OverflowRecovered>;

/** What an application, an operator or a front end may want to know of compaction, as it happens. No content. */
export const LifecycleEvent = z.discriminatedUnion('type', [
  CompactionStarted,
  CompactionCompleted,
  CompactionFailed,
  OverflowRecovered,
]);
export type LifecycleEvent = z.infer<typeof LifecycleEvent>;
export type LifecycleEventType = LifecycleEvent['type'];

/** An event before the stream gives it its number. */
export type UnnumberedEvent =
  | Omit<CompactionStarted, 'sequence'>
  | Omit<CompactionCompleted, 'sequence'>
  | Omit<CompactionFailed, 'sequence'>
  | Omit<OverflowRecovered, 'sequence'>;
