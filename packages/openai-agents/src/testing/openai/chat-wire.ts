import type { ReplyItem } from './reply.ts';
import type { WireReply } from './responses-wire.ts';

type ChatCall = {
  readonly id: string;
  readonly type: 'function';
  readonly function: { readonly name: string; readonly arguments: string };
};

/** An answer of Chat Completions. */
export function completionOf(reply: WireReply): object {
  const { number, model, items } = reply;
  const calls = callsOf(reply);
  const message = {
    role: 'assistant',
    content: textOf(items, 'text'),
    refusal: textOf(items, 'refusal'),
    ...(calls.length > 0 && { tool_calls: calls }),
  };
  return {
    id: `chatcmpl_${number}`,
    object: 'chat.completion',
    created: 0,
    model,
    choices: [{ index: 0, message, finish_reason: finishOf(calls), logprobs: null }],
    usage: usageOf(reply),
  };
}

/** The chunks of a streamed answer. */
export function completionChunks(reply: WireReply): readonly object[] {
  const { number, model, items } = reply;
  const calls = callsOf(reply);
  const chunk = (fields: object) => ({
    id: `chatcmpl_${number}`,
    object: 'chat.completion.chunk',
    created: 0,
    model,
    ...fields,
  });
  const delta = (fields: object, finish: string | null = null) =>
    chunk({ choices: [{ index: 0, delta: fields, finish_reason: finish }] });
  const text = textOf(items, 'text');
  const refusal = textOf(items, 'refusal');
  return [
    delta({ role: 'assistant', content: '' }),
    ...(text === null ? [] : [delta({ content: text })]),
    ...(refusal === null ? [] : [delta({ refusal })]),
    ...calls.map((call, index) => delta({ tool_calls: [{ index, ...call }] })),
    delta({}, finishOf(calls)),
    chunk({ choices: [], usage: usageOf(reply) }),
  ];
}

function callsOf({ number, items }: WireReply): readonly ChatCall[] {
  return items.flatMap((item, index) =>
    item.type === 'call'
      ? [
          {
            id: item.callId ?? `call_${number}_${index}`,
            type: 'function' as const,
            function: { name: item.name, arguments: JSON.stringify(item.input ?? {}) },
          },
        ]
      : [],
  );
}

function textOf(items: readonly ReplyItem[], type: 'text' | 'refusal'): string | null {
  const texts = items.flatMap((item) => {
    if (item.type !== type) return [];
    return item.type === 'text' ? [item.text] : item.type === 'refusal' ? [item.refusal] : [];
  });
  return texts.length === 0 ? null : texts.join('');
}

function finishOf(calls: readonly ChatCall[]): string {
  return calls.length > 0 ? 'tool_calls' : 'stop';
}

function usageOf({ inputTokens, outputTokens }: WireReply): object {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: 0 },
  };
}
