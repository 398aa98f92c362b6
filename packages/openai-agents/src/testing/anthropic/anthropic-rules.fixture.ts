import { z } from 'zod';

/** A 400 of the API, in its words. */
export class AnthropicRefusal extends Error {}

const Tokens = z.strictObject({ type: z.literal('input_tokens'), value: z.number().int().positive() });
const Clear = z.strictObject({
  type: z.literal('clear_tool_uses_20250919'),
  trigger: Tokens.optional(),
  keep: z.strictObject({ type: z.literal('tool_uses'), value: z.number().int().nonnegative() }).optional(),
  clear_at_least: Tokens.optional(),
  clear_tool_inputs: z.boolean().optional(),
  exclude_tools: z.array(z.string()).optional(),
});
const Compact = z.strictObject({
  type: z.literal('compact_20260112'),
  trigger: Tokens.optional(),
  pause_after_compaction: z.boolean().optional(),
  instructions: z.string().optional(),
});
export type Edit = z.infer<typeof Clear> | z.infer<typeof Compact>;

const Block = z.looseObject({ type: z.string() });
type Block = z.infer<typeof Block>;
const Message = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string(), z.array(Block)]),
});

export const MessagesRequest = z.strictObject({
  model: z.string(),
  max_tokens: z.number(),
  messages: z.array(Message).min(1),
  system: z.unknown().optional(),
  tools: z.array(z.unknown()).optional(),
  tool_choice: z.unknown().optional(),
  temperature: z.number().optional(),
  stream: z.boolean().optional(),
  context_management: z.strictObject({ edits: z.array(z.union([Clear, Compact])) }).optional(),
});
export type MessagesRequest = z.infer<typeof MessagesRequest>;

/** Each block with the role of its message, in order. */
export type Placed = Block & { readonly role: 'user' | 'assistant' };

export function blocksOf({ messages }: MessagesRequest): readonly Placed[] {
  return messages.flatMap(({ role, content }) =>
    (typeof content === 'string' ? [{ type: 'text', text: content }] : content).map((block) => ({
      ...block,
      role,
    })),
  );
}

/**
 * What the API refuses of the blocks that it sees, and of a compaction that it did not make.
 * @param made the texts of the compactions that it made
 */
export function visibleBlocks(blocks: readonly Placed[], made: ReadonlySet<string>): readonly Placed[] {
  const forged = blocks.find(({ type, content }) => type === 'compaction' && !made.has(String(content)));
  if (forged !== undefined) throw new AnthropicRefusal('compaction: the content is not what was returned.');
  const latest = blocks.findLastIndex(({ type }) => type === 'compaction');
  const visible = latest === -1 ? blocks : blocks.slice(latest);
  if (latest === -1 && visible[0]?.role !== 'user') {
    throw new AnthropicRefusal('messages: first message must use the "user" role');
  }
  const open = new Set<unknown>();
  for (const { type, id, tool_use_id: answers } of visible) {
    if (type === 'tool_use') open.add(id);
    if (type === 'tool_result' && !open.delete(answers)) {
      throw new AnthropicRefusal(
        `unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${String(answers)}`,
      );
    }
  }
  if (open.size > 0) throw new AnthropicRefusal('`tool_use` ids were found without `tool_result` blocks');
  return visible;
}

/** The betas that a request needs for its edits. */
export function checkBetas({ context_management: management }: MessagesRequest, header: string): void {
  const betas = new Set(header.split(',').map((beta) => beta.trim()));
  const need = (beta: string) => {
    if (!betas.has(beta)) throw new AnthropicRefusal(`context_management: requires the beta ${beta}`);
  };
  if (management === undefined) return;
  need('context-management-2025-06-27');
  if (management.edits.some(({ type }) => type === 'compact_20260112')) need('compact-2026-01-12');
}
