import { z } from 'zod';

const Item = z.looseObject({});
const Input = z.union([z.string().min(1), z.array(Item).min(1)]);

/** What `POST /v1/responses/compact` takes of OpenAI's request. A field that would have no effect is refused. */
export const CompactBody = z.strictObject({
  model: z.string().min(1).nullish(),
  input: Input,
  instructions: z.string().nullish(),
});

/** What `POST /v1/responses/input_tokens` takes of OpenAI's request. */
export const ResponsesCountBody = z.strictObject({
  model: z.string().min(1).nullish(),
  input: Input.nullish(),
  instructions: z.string().nullish(),
  tools: z.array(Item).nullish(),
});

/** What `POST /v1/messages/count_tokens` takes of Anthropic's request. */
export const MessagesCountBody = z.strictObject({
  model: z.string().min(1),
  messages: z.array(Item).min(1),
  system: z
    .union([z.string(), z.array(z.looseObject({ type: z.literal('text'), text: z.string() }))])
    .optional(),
  tools: z.array(Item).optional(),
});

/** A text is one message of the user, as in OpenAI's API. */
export function itemsOf(input: z.infer<typeof Input>): readonly object[] {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : input;
}

/** The system prompt of Anthropic's API: a text, or blocks of it. */
export function systemText(system: z.infer<typeof MessagesCountBody>['system']): string | undefined {
  return typeof system === 'object' ? system.map(({ text }) => text).join('\n') : system;
}
