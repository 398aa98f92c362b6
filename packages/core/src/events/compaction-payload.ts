import { z } from 'zod';
import { isVisible } from '../ledger.ts';
import type { LedgerRow } from '../ledger.ts';
import type { CompactPolicy } from '../policy.ts';
import type { CompactResult } from '../result.ts';
import { Sections, sectionsOf } from './sections.ts';

const Count = z.number().int().nonnegative();

/** What a compaction did, in counts, ids and names. No content: it may go to whoever may see the conversation. */
export const CompactionPayload = z.object({
  strategy: z.string().describe('What the summary is written as.'),
  compacted_count: Count.describe('Items that left the context, whole or in part.'),
  compacted_call_ids: z.array(z.string()).describe('The tool calls among them, each once, in order.'),
  compacted_tool_names: z.array(z.string()).describe('The tools of those calls, each once, in order.'),
  keep_turns: Count.describe('The latest turns that the policy keeps.'),
  trigger_turns: Count.nullable().describe(
    'The turns from which the policy compacts; null: they do not count.',
  ),
  clear_tool_inputs: z.boolean().describe('Whether arguments are cleared together with results.'),
  excluded_tools: z.array(z.string()).describe('Tools whose results are never cleared or trimmed.'),
  total_items_before: Count.describe('Items in the context, a summary included.'),
  total_items_after: Count.describe('The same, when it was done.'),
  turns_before: Count.describe('Messages of the user in the context.'),
  turns_after: Count.describe('The same, when it was done.'),
  tokens_basis: z
    .enum(['provider', 'tokenizer', 'estimate'])
    .describe("How the tokens were obtained: by the provider's reports, a tokenizer, or their length."),
  tokens_before: Count.describe('The whole prompt, instructions and tools included.'),
  tokens_after: Count.describe('The same, when it was done.'),
  token_delta: z.number().int().describe('After less before: negative where room was made.'),
  attempts: Count.describe('Calls of a summariser.'),
  steps: z.array(z.string()).describe('The rungs of the ladder that were tried, in order.'),
  fallbacks: z
    .array(z.string())
    .describe('What was done instead after each failure, in order. Empty: nothing failed.'),
  summary_id: z.string().nullable().describe('The summary that is in the context now; null: there is none.'),
  summary_version: Count.nullable().describe('The N of its first line.'),
  summary_tokens: Count.nullable().describe('Its size.'),
  sections: Sections,
});
export type CompactionPayload = z.infer<typeof CompactionPayload>;

/** @param fallbacks of the run's errors, in order */
export function compactionPayloadOf(
  result: CompactResult<unknown>,
  policy: CompactPolicy,
  fallbacks: readonly string[],
): CompactionPayload {
  const { met, tokens, count, summary } = result;
  const compacted = result.splice === undefined ? [] : met.filter(hasLeft);
  const calls = compacted.flatMap(({ pair }) => pair ?? []);
  // In some formats the call alone names its tool, and one item may hold several calls.
  const named = new Map(
    met.flatMap(({ pair, tool }) => (pair === undefined || tool === undefined ? [] : [[pair, tool]])),
  );
  const tools = calls.flatMap((call) => named.get(call)?.split(', ') ?? []);
  return {
    strategy: policy.strategy,
    compacted_count: compacted.length,
    compacted_call_ids: [...new Set(calls)],
    compacted_tool_names: [...new Set(tools)],
    keep_turns: policy.keepRecentTurns,
    trigger_turns: policy.triggerTurns ?? null,
    clear_tool_inputs: policy.clearToolInputs ?? false,
    excluded_tools: [...policy.excludeTools],
    total_items_before: count.before,
    total_items_after: count.after,
    turns_before: met.filter(isTurn).length,
    turns_after: met.filter((row) => isTurn(row) && isVisible(row.fate)).length,
    tokens_basis: tokens.basis,
    tokens_before: tokens.before,
    tokens_after: tokens.after,
    token_delta: tokens.after - tokens.before,
    attempts: result.attempts,
    steps: [...result.steps],
    fallbacks: [...fallbacks],
    summary_id: summary?.id ?? null,
    summary_version: summary?.version ?? null,
    summary_tokens: summary?.tokens ?? null,
    sections: sectionsOf(tokens),
  };
}

function hasLeft({ fate }: LedgerRow): boolean {
  return fate !== 'kept' && fate !== 'protected';
}

function isTurn({ role, kind, index }: LedgerRow): boolean {
  return role === 'user' && kind === 'message' && index !== undefined;
}
