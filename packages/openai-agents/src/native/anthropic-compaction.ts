import type { AgentInputItem, AgentOutputItem, ModelResponse } from '@openai/agents-core';
import { z } from 'zod';

/** A block of the AI SDK in which Anthropic has summarised what stood before it. */
export type CompactionBlock = { readonly text: string; readonly signature?: string | undefined };

const Metadata = z.looseObject({
  anthropic: z.looseObject({ type: z.literal('compaction'), signature: z.string().optional() }),
});
const TextPart = z.looseObject({ type: z.literal('text'), text: z.string(), providerMetadata: Metadata });
const Result = z.looseObject({ content: z.array(z.unknown()) });

/** The block in what the AI SDK's model answered. */
export function blockIn(providerData: unknown): CompactionBlock | undefined {
  const result = Result.safeParse(providerData);
  if (!result.success) return undefined;
  for (const part of result.data.content.toReversed()) {
    const { data } = TextPart.safeParse(part);
    if (data !== undefined && data.text !== '') {
      return { text: data.text, signature: data.providerMetadata.anthropic.signature };
    }
  }
  return undefined;
}

/** Follows a stream of the AI SDK: which of its texts is the block and no answer. */
export class BlockReader {
  readonly #texts = new Map<string, { text: string; signature?: string | undefined }>();
  #isInside = false;

  /** @returns whether the event is a piece of the block, which is nothing that the model says */
  read(event: { readonly type: string; readonly event?: unknown }): boolean {
    if (event.type === 'output_text_delta') return this.#isInside;
    if (event.type !== 'model') return false;
    const { data: part } = StreamPart.safeParse(event.event);
    if (part === undefined) return false;
    const { success, data: metadata } = Metadata.safeParse(part.providerMetadata);
    if (part.type === 'text-start' && success) {
      this.#texts.set(part.id, { text: '', signature: metadata.anthropic.signature });
    }
    const block = this.#texts.get(part.id);
    this.#isInside = part.type === 'text-delta' && block !== undefined;
    if (this.#isInside && block !== undefined) block.text += part.delta ?? '';
    return false;
  }

  get block(): CompactionBlock | undefined {
    return [...this.#texts.values()].findLast(({ text }) => text !== '');
  }
}

const StreamPart = z.looseObject({
  type: z.enum(['text-start', 'text-delta', 'text-end']),
  id: z.string(),
  delta: z.string().optional(),
  providerMetadata: z.unknown().optional(),
});

/**
 * The bridge joins the block with the answer behind it and forgets which is which. As an item of its own the block
 * stays in the history, in its place, and can be sent back as what it is. `undefined` where it cannot be told apart.
 */
function splitOutput(
  output: readonly AgentOutputItem[],
  block: CompactionBlock,
): readonly AgentOutputItem[] | undefined {
  const at = output.findIndex((item) => textOf(item)?.includes(block.text) === true);
  const message = output[at];
  if (message?.type !== 'message' || message.role !== 'assistant') return undefined;
  const content = message.content
    .map((part) =>
      part.type === 'output_text' ? { ...part, text: part.text.replace(block.text, () => '') } : part,
    )
    .filter((part) => part.type !== 'output_text' || part.text !== '');
  const rest = content.length === 0 ? [] : [{ ...message, content }];
  return [...output.slice(0, at), itemOf(block), ...rest, ...output.slice(at + 1)];
}

function textOf(item: AgentOutputItem): string | undefined {
  if (item.type !== 'message' || item.role !== 'assistant') return undefined;
  return item.content.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
}

function itemOf({ text, signature }: CompactionBlock): AgentOutputItem {
  const anthropic = { type: 'compaction', ...(signature === undefined ? {} : { signature }) };
  return { type: 'compaction', encrypted_content: text, providerData: { anthropic } };
}

/** The input as the bridge can send it: it knows no item for the block, and a text with its mark is one. */
export function withBlocks(input: AgentInputItem[]): AgentInputItem[] {
  return input.some(isBlock) ? input.map((item) => (isBlock(item) ? asText(item) : item)) : input;
}

type BlockItem = Extract<AgentInputItem, { type: 'compaction' }>;

function isBlock(item: AgentInputItem): item is BlockItem {
  return item.type === 'compaction' && item.providerData !== undefined && 'anthropic' in item.providerData;
}

function asText({ encrypted_content: text, providerData }: BlockItem): AgentInputItem {
  const anthropic: unknown = providerData?.['anthropic'];
  return {
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text, providerData: { anthropic } }],
  };
}

/** The response with the block as an item of its own. */
export function withBlockItem<TResponse extends Pick<ModelResponse, 'output'>>(
  response: TResponse,
  block: CompactionBlock | undefined,
): TResponse {
  const output = block && splitOutput(response.output, block);
  return output === undefined ? response : { ...response, output: [...output] };
}
