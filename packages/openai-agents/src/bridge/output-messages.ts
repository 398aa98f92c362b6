import { Completion, OutputItem } from './provider-output.ts';

type Part =
  | { readonly type: 'text'; readonly content: string }
  | { readonly type: 'tool_call'; readonly id?: string; readonly name: string; readonly arguments?: string };

type Message = {
  readonly role: 'assistant';
  readonly parts: readonly Part[];
  readonly finish_reason: string;
};

/**
 * `gen_ai.output.messages`: what a model answered, as the conventions write it. Every text goes through `keep`.
 * Reasoning and whatever else is unknown is left out; no answer gives `undefined`.
 */
export function outputMessages(
  output: readonly unknown[],
  keep: (text: string) => string | undefined,
): string | undefined {
  const messages = output.flatMap((entry): Message[] => {
    const completion = Completion.safeParse(entry);
    if (completion.success) {
      return completion.data.choices.map(({ message, finish_reason: reason }) => ({
        role: 'assistant',
        parts: [
          ...textParts(message.content, keep),
          ...textParts(message.refusal, keep),
          ...(message.tool_calls ?? []).flatMap((call) =>
            callPart(call.id, call.function?.name, call.function?.arguments, keep),
          ),
        ],
        finish_reason: reason ?? 'stop',
      }));
    }
    const item = OutputItem.safeParse(entry);
    return item.success ? messageOf(item.data, keep) : [];
  });
  const told = messages.filter(({ parts }) => parts.length > 0);
  return told.length === 0 ? undefined : JSON.stringify(told);
}

function messageOf(item: OutputItem, keep: (text: string) => string | undefined): Message[] {
  if (item.type === 'function_call') {
    const parts = callPart(item.callId ?? item.call_id, item.name, item.arguments, keep);
    return [{ role: 'assistant', parts, finish_reason: 'tool_call' }];
  }
  if (item.role !== 'assistant') return [];
  const texts =
    typeof item.content === 'string'
      ? [item.content]
      : (item.content ?? []).map((part) => part.text ?? part.refusal);
  return [
    { role: 'assistant', parts: texts.flatMap((text) => textParts(text, keep)), finish_reason: 'stop' },
  ];
}

function textParts(text: string | null | undefined, keep: (text: string) => string | undefined): Part[] {
  const content = text ? keep(text) : undefined;
  return content === undefined ? [] : [{ type: 'text', content }];
}

function callPart(
  id: string | null | undefined,
  name: string | null | undefined,
  input: unknown,
  keep: (text: string) => string | undefined,
): Part[] {
  if (!name) return [];
  const kept = typeof input === 'string' ? keep(input) : undefined;
  return [{ type: 'tool_call', ...(id && { id }), name, ...(kept !== undefined && { arguments: kept }) }];
}
