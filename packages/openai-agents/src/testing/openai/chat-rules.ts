import { z } from 'zod';
import { ApiRefusal } from './reply.ts';

const Message = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.unknown().optional(),
  name: z.string().optional(),
  refusal: z.string().nullish(),
  audio: z.unknown().optional(),
  tool_calls: z
    .array(
      z.strictObject({
        id: z.string(),
        type: z.literal('function'),
        function: z.strictObject({ name: z.string(), arguments: z.string() }),
      }),
    )
    .optional(),
  tool_call_id: z.string().optional(),
});
export type ChatMessage = z.infer<typeof Message>;

export const ChatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(Message),
  tools: z.array(z.unknown()).nullish(),
  stream: z.boolean().nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/**
 * What Chat Completions refuses of a history: tool messages stand directly behind the message that called them, and
 * there is one for each call.
 *
 * @throws ApiRefusal
 */
export function checkChatMessages(messages: readonly ChatMessage[]): void {
  let open = new Set<string>();
  for (const [index, message] of messages.entries()) {
    const param = `messages.[${index}].role`;
    if (message.role === 'tool') {
      if (open.delete(message.tool_call_id ?? '')) continue;
      throw new ApiRefusal(
        "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
        { param },
      );
    }
    assertAnswered(open, param);
    open = new Set(message.tool_calls?.map(({ id }) => id));
  }
  assertAnswered(open, 'messages');
}

function assertAnswered(open: ReadonlySet<string>, param: string): void {
  if (open.size === 0) return;
  throw new ApiRefusal(
    "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
      `The following tool_call_ids did not have response messages: ${[...open].join(', ')}`,
    { param },
  );
}
