import { z } from 'zod';
import { CompactError } from './errors.ts';

/** What a summary is written as. */
export const strategyNames = ['task_state', 'brief', 'decision_log', 'code_delta'] as const;
export const StrategyName = z.enum(strategyNames);
export type StrategyName = z.infer<typeof StrategyName>;

/** The rungs of the ladder. Each is tried in order until the target is met; the last two need no model. */
export const ladderSteps = ['clear', 'trim', 'summarize', 'digest', 'window'] as const;
export const LadderStep = z.enum(ladderSteps);
export type LadderStep = z.infer<typeof LadderStep>;

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
  clearToolResults: z
    .boolean()
    .default(true)
    .describe('Before anything is summarised, replace the output of old tool calls by a placeholder.'),
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
  strategy: StrategyName.default('task_state').describe('What the summary is written as.'),
  summaryMaxTokens: z
    .number()
    .int()
    .positive()
    .default(1500)
    .describe('The longest summary that is accepted.'),
  ladder: z
    .array(LadderStep)
    .readonly()
    .default(['clear', 'trim', 'summarize', 'digest', 'window'])
    .describe('What to try, in order, until the target is met.'),
});
/** A policy with its defaults filled in. */
export type CompactPolicy = z.infer<typeof CompactPolicy>;
/** A policy as a user writes it: every field may be left out. */
export type CompactPolicyInput = z.input<typeof CompactPolicy>;

/** @throws CompactError `invalid_policy`, naming each field, what was expected and what came. */
export function parsePolicy(input: CompactPolicyInput = {}): CompactPolicy {
  const parsed = CompactPolicy.safeParse(input);
  if (!parsed.success) {
    throw new CompactError({
      code: 'invalid_policy',
      message: `The policy is not valid:\n${z.prettifyError(parsed.error)}`,
      details: { issues: parsed.error.issues },
    });
  }
  if (parsed.data.targetPct > parsed.data.triggerPct) {
    throw new CompactError({
      code: 'invalid_policy',
      message:
        `policy.targetPct must not be above policy.triggerPct (${parsed.data.triggerPct}), ` +
        `got ${parsed.data.targetPct}: compaction would fire again at once. Lower targetPct.`,
    });
  }
  return parsed.data;
}
