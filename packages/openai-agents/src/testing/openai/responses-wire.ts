import type { CompactionItem } from './compaction-rules.ts';
import type { ReplyItem } from './reply.ts';

export type WireReply = {
  readonly number: number;
  readonly model: string;
  readonly items: readonly ReplyItem[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** What the context was compacted to before the model went on. */
  readonly compaction?: CompactionItem | undefined;
};

/** The items of a reply as the Responses API writes them. */
export function responsesOutput({
  compaction,
  ...reply
}: WireReply): readonly Readonly<Record<string, unknown>>[] {
  return compaction === undefined ? madeBy(reply) : [compaction, ...madeBy(reply)];
}

function madeBy({ number, items }: WireReply): readonly Readonly<Record<string, unknown>>[] {
  return items.map((item, index) => {
    const id = `${number}_${index}`;
    switch (item.type) {
      case 'reasoning':
        return { type: 'reasoning', id: `rs_${id}`, summary: [] };
      case 'call':
        return {
          type: 'function_call',
          id: `fc_${id}`,
          call_id: item.callId ?? `call_${id}`,
          name: item.name,
          arguments: JSON.stringify(item.input ?? {}),
          status: 'completed',
        };
      case 'remote_approval':
        return { type: 'mcp_approval_request', id: `mcpr_${id}`, ...remote(item.name) };
      case 'remote_call':
        return { type: 'mcp_call', id: `mcp_${id}`, ...remote(item.name), output: item.output, error: null };
      case 'text':
      case 'refusal':
        return {
          type: 'message',
          id: `msg_${id}`,
          role: 'assistant',
          status: 'completed',
          content: [
            item.type === 'text'
              ? { type: 'output_text', text: item.text, annotations: [] }
              : { type: 'refusal', refusal: item.refusal },
          ],
        };
    }
  });
}

function remote(name: string): { name: string; server_label: string; arguments: string } {
  return { name, server_label: 'remote', arguments: '{}' };
}

export function responseId({ number }: Pick<WireReply, 'number'>): string {
  return `resp_${number}`;
}

export function responseOf(reply: WireReply): object {
  const { model, inputTokens, outputTokens } = reply;
  return {
    id: responseId(reply),
    object: 'response',
    created_at: 0,
    status: 'completed',
    model,
    error: null,
    incomplete_details: null,
    output: responsesOutput(reply),
    usage: {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: inputTokens + outputTokens,
    },
  };
}

/** The server-sent events of a streamed response. */
export function responseEvents(reply: WireReply): readonly { readonly type: string }[] {
  const response = responseOf(reply);
  const output = responsesOutput(reply);
  const events = [
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
    ...output.flatMap((item, index) => [
      { type: 'response.output_item.added', output_index: index, item },
      ...deltasOf(reply.items[index - (reply.compaction === undefined ? 0 : 1)]).map((delta) => ({
        type: 'response.output_text.delta',
        output_index: index,
        content_index: 0,
        item_id: item['id'],
        delta,
        logprobs: [],
      })),
      { type: 'response.output_item.done', output_index: index, item },
    ]),
    { type: 'response.completed', response },
  ];
  return events.map((event, index) => ({ ...event, sequence_number: index }));
}

function deltasOf(item: ReplyItem | undefined): readonly string[] {
  if (item?.type !== 'text') return [];
  const half = Math.ceil(item.text.length / 2);
  return [item.text.slice(0, half), item.text.slice(half)];
}
