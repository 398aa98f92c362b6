import type { AgentItem, NativeReport } from '@clew/core';
import { z } from 'zod';

const Edits = z.looseObject({
  providerMetadata: z.looseObject({
    anthropic: z.looseObject({
      contextManagement: z.looseObject({ appliedEdits: z.array(z.unknown()) }).nullish(),
    }),
  }),
});
const Cleared = z.looseObject({
  type: z.literal('clear_tool_uses_20250919'),
  clearedToolUses: z.number().int().nonnegative(),
  clearedInputTokens: z.number().int().nonnegative(),
});

/** Where in an answer the provider's item stands that stands for everything before it; -1 where there is none. */
export function compactionAt(output: readonly AgentItem[]): number {
  return output.findLastIndex((item) => 'type' in item && item.type === 'compaction');
}

/** What the AI SDK tells of the results that Anthropic has cleared; `undefined` where it tells of none. */
export function clearedIn(result: unknown): NativeReport | undefined {
  const { data } = Edits.safeParse(result);
  for (const edit of data?.providerMetadata.anthropic.contextManagement?.appliedEdits ?? []) {
    const cleared = Cleared.safeParse(edit);
    if (!cleared.success) continue;
    const { clearedToolUses, clearedInputTokens } = cleared.data;
    return { clearedToolUses, clearedInputTokens };
  }
  return undefined;
}

/** What a compaction says, where anybody can read it: Anthropic's is a text, OpenAI's is sealed. */
export function plainTextOf(item: AgentItem): string | undefined {
  const { success, data } = Plain.safeParse(item);
  return success ? data.encrypted_content : undefined;
}

const Plain = z.looseObject({
  encrypted_content: z.string(),
  providerData: z.looseObject({ anthropic: z.unknown().refine((value) => value !== undefined) }),
});
