import { z } from 'zod';

/** What a summary is written as. */
export const strategyNames = [
  'task_state',
  'brief',
  'decision_log',
  'code_delta',
  'step_ledger',
  'requirements_ledger',
] as const;
export const StrategyName = z.enum(strategyNames);
export type StrategyName = z.infer<typeof StrategyName>;

/** The rungs of the ladder. Each is tried in order until the target is met; the last two need no model. */
export const ladderSteps = ['clear', 'trim', 'summarize', 'stages', 'digest', 'window'] as const;
export const LadderStep = z.enum(ladderSteps);
export type LadderStep = z.infer<typeof LadderStep>;

/** Which tool results are cleared and trimmed first. */
export const pruningModes = ['fifo', 'recency', 'stage_aware'] as const;
const PruningMode = z.enum(pruningModes);

/** Who compacts. */
export const providerModes = ['local', 'native', 'auto'] as const;
export const ProviderMode = z.enum(providerModes);
export type ProviderMode = z.infer<typeof ProviderMode>;

/** When to compact, what may never leave, and how. One object for the file, the environment and the code. */
export const CompactPolicy = z.strictObject({
  triggerPct: z
    .number()
    .gt(0)
    .lte(1)
    .default(0.85)
    .describe('Compact when the next prompt would fill this share of the window.'),
  hardCapBuffer: z
    .number()
    .int()
    .nonnegative()
    .default(1500)
    .describe('Tokens of the window that are never used: the budget is the window less this reserve.'),
  targetPct: z
    .number()
    .gt(0)
    .lte(1)
    .default(0.5)
    .describe('Aim for this share of the window when compacting. Below triggerPct, so that room is made.'),
  tokenBudget: z
    .number()
    .int()
    .positive()
    .optional()
    .describe(
      'Compact at this many tokens even where the window is larger; targetPct is a share of it then.',
    ),
  triggerTokensLeft: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Compact when fewer tokens than this are left of the budget.'),
  triggerTurns: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Compact once more than this many user messages are in the context.'),
  windowSize: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Compact once more than this many items are in the context.'),
  softTriggerPct: z
    .number()
    .gt(0)
    .lte(1)
    .optional()
    .describe(
      'From this share of the window on, clear and trim (no summary) while the cache is cold anyway.',
    ),
  idleTriggerPct: z
    .number()
    .gt(0)
    .lte(1)
    .optional()
    .describe(
      'From this share of the window on, compact while the cache is cold anyway: after a rest, with another model or other tools, or where the provider reports that nothing is cached.',
    ),
  coldAfterMillis: z
    .number()
    .int()
    .positive()
    .optional()
    .describe(
      "The provider's prompt cache is cold after this rest of the session, or a longer one that it was seen to outlive. Default: 300000.",
    ),
  prepareAheadPct: z
    .number()
    .gt(0)
    .lte(1)
    .optional()
    .describe(
      'From this share of the window on, work the next compaction out in the background, so that it is swapped in without waiting when the trigger fires.',
    ),
  cooldownCalls: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Let this many model calls pass between two compactions, unless the budget is exceeded.'),
  thrashCompactions: z
    .number()
    .int()
    .positive()
    .optional()
    .describe(
      'So many compactions within thrash_calls are thrashing: then nothing is compacted until the budget is exceeded, and no model is asked. Default: 3.',
    ),
  thrashCalls: z
    .number()
    .int()
    .positive()
    .max(1000)
    .optional()
    .describe('The model calls in which thrash_compactions are counted. Default: 10.'),
  thrashCooldownCalls: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('After thrashing, try again after this many model calls. Default: 10.'),
  minReclaimPct: z
    .number()
    .gte(0)
    .lt(1)
    .optional()
    .describe(
      'Less than this share of the prompt is little to free: nothing is compacted for it while the cache is warm and the prompt fits its budget, and twice in a row it is thrashing. Default: 0.1.',
    ),
  maxBreakEvenCalls: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe(
      'While the cache is warm and the prompt fits its budget, compact only what has paid for itself, by the prices given, after at most this many further calls.',
    ),
  keepRecentTurns: z
    .number()
    .int()
    .positive()
    .default(6)
    .describe('Keep the user message and the final answer of this many of the latest turns.'),
  keepToolIoPairs: z
    .number()
    .int()
    .positive()
    .default(4)
    .describe('Keep this many of the latest tool calls with their results.'),
  keepRecentTokens: z
    .number()
    .int()
    .nonnegative()
    .default(0)
    .describe('Keep everything recent up to this many tokens, besides what the other rules keep.'),
  keepRecentItems: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('Keep this many of the latest items, besides what the other rules keep.'),
  keepTools: z
    .array(z.string().min(1))
    .min(1)
    .readonly()
    .optional()
    .describe('Calls of these tools and their results never leave and are never changed.'),
  rolesNeverPrune: z
    .array(z.enum(['system', 'developer', 'user', 'assistant']))
    .readonly()
    .default(['system', 'developer'])
    .describe('Messages of these roles never leave and are never changed.'),
  protectedFlag: z
    .string()
    .min(1)
    .default('protected')
    .describe('An item marked with this flag never leaves and is never changed.'),
  pruning: PruningMode.optional().describe(
    'What is cleared and trimmed first: the oldest (fifo), what is both old and big (recency), or what a later call of the same tool has replaced (stage_aware). Default: fifo.',
  ),
  keepPairsPerTool: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('With stage_aware pruning, keep this many of the latest results of each tool. Default: 1.'),
  clearToolResults: z
    .boolean()
    .default(true)
    .describe('Before anything is summarised, replace the output of old tool calls by a placeholder.'),
  clearToolInputs: z
    .boolean()
    .optional()
    .describe(
      'Clear the arguments of old tool calls together with their results; names and ids stay. Default: false.',
    ),
  clearMedia: z
    .boolean()
    .optional()
    .describe(
      'Before anything is summarised, replace old pictures and files by a note; the text beside them stays. Default: true.',
    ),
  excludeTools: z
    .array(z.string())
    .readonly()
    .default([])
    .describe('Tools whose results are never cleared or trimmed.'),
  trimToolResultTokens: z
    .number()
    .int()
    .positive()
    .default(2000)
    .describe('The trim step shortens a tool result over this size to its head and tail.'),
  rolesLeaveFirst: z
    .array(z.enum(['user', 'assistant', 'tool']))
    .min(1)
    .readonly()
    .optional()
    .describe('The window step drops these roles first, in this order; else the oldest first.'),
  strategy: StrategyName.default('task_state').describe('What the summary is written as.'),
  summaryMaxTokens: z
    .number()
    .int()
    .positive()
    .default(1500)
    .describe('The longest summary that is accepted, without the fact sheet beneath it.'),
  summaryRetries: z
    .number()
    .int()
    .nonnegative()
    .max(10)
    .default(2)
    .describe('Ask a summariser again this often after a failure that may pass, with growing waits.'),
  summaryMaxStages: z
    .number()
    .int()
    .min(2)
    .max(64)
    .default(8)
    .describe(
      'Summarise in at most this many parts. Where more would be needed, the longest items are shortened.',
    ),
  requireSections: z
    .boolean()
    .default(true)
    .describe(
      'Ask again, once, for a summary that lacks sections of its strategy, and refuse one that lacks most. Turn off for a summariser that writes a form of its own.',
    ),
  factSheetPct: z
    .number()
    .min(0)
    .lte(1)
    .default(0.15)
    .describe('The fact sheet beneath a summary takes at most this share of the target. 0 turns it off.'),
  factSheetMaxTokens: z
    .number()
    .int()
    .nonnegative()
    .default(4000)
    .describe('The fact sheet beneath a summary takes at most this many tokens. 0 turns it off.'),
  ladder: z
    .array(LadderStep)
    .min(1)
    .readonly()
    .default([...ladderSteps])
    .describe(
      'What to try, in order, until the target is met. With stages, a history that does not fit the window of the summariser is summarised part by part; without, its longest items are shortened.',
    ),
  providerMode: ProviderMode.optional().describe(
    'Who compacts: the engine (local), the provider where it can (native, which also tries what nobody knows; auto, which asks for what is known). What is missing the engine does, and says so. Default: local.',
  ),
});
/** A policy with its defaults filled in. */
export type CompactPolicy = z.infer<typeof CompactPolicy>;
/** A policy as a user writes it: every field may be left out. */
export type CompactPolicyInput = z.input<typeof CompactPolicy>;
