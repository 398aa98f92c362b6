import { z } from 'zod';

type Item = Readonly<Record<string, unknown>>;

const Part = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.literal('thinking'), thinking: z.string() }),
  z.looseObject({ type: z.literal('toolCall'), id: z.string(), name: z.string(), arguments: z.unknown() }),
  z.looseObject({ type: z.literal('image') }),
]);
type Part = z.infer<typeof Part>;
const Content = z.union([z.string(), z.array(Part)]);

const PiLine = z.looseObject({
  type: z.literal('message'),
  message: z.discriminatedUnion('role', [
    z.looseObject({ role: z.literal('user'), content: Content }),
    z.looseObject({ role: z.literal('assistant'), content: Content }),
    z.looseObject({ role: z.literal('toolResult'), toolCallId: z.string(), content: Content }),
  ]),
});

export function isPiLine(item: Item): boolean {
  return PiLine.safeParse(item).success;
}

/** A line of a pi session as the Chat Completions message that it stands for; none for lines of another kind. */
export function fromPi(item: Item): readonly Item[] {
  const parsed = PiLine.safeParse(item);
  if (!parsed.success) return [];
  const { message } = parsed.data;
  const content = textOf(message.content);
  if (message.role === 'toolResult') return [{ role: 'tool', tool_call_id: message.toolCallId, content }];
  if (message.role === 'user') return [{ role: 'user', content }];
  const calls = callsOf(message.content);
  if (content === '' && calls.length === 0) return [];
  return [{ role: 'assistant', content, ...(calls.length > 0 ? { tool_calls: calls } : {}) }];
}

function textOf(content: string | readonly Part[]): string {
  if (typeof content === 'string') return content;
  return content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n');
}

function callsOf(content: string | readonly Part[]): readonly Item[] {
  if (typeof content === 'string') return [];
  return content.flatMap((part) =>
    part.type === 'toolCall'
      ? {
          id: part.id,
          type: 'function',
          function: { name: part.name, arguments: JSON.stringify(part.arguments) },
        }
      : [],
  );
}
