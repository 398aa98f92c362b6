import { z } from 'zod';

const Text = z.string().nullish().catch(undefined);

/** An output item of the SDK or of the Responses API: they differ in how they write a call's id. */
export const OutputItem = z.looseObject({
  type: Text,
  role: Text,
  name: Text,
  callId: Text,
  call_id: Text,
  arguments: z.unknown().optional(),
  content: z
    .union([z.string(), z.array(z.looseObject({ text: Text, refusal: Text }))])
    .nullish()
    .catch(undefined),
});
export type OutputItem = z.infer<typeof OutputItem>;

/** An answer of Chat Completions. */
export const Completion = z.looseObject({
  choices: z.array(
    z.looseObject({
      finish_reason: Text,
      message: z.looseObject({
        content: Text,
        refusal: Text,
        tool_calls: z
          .array(
            z.looseObject({ id: Text, function: z.looseObject({ name: Text, arguments: Text }).optional() }),
          )
          .nullish()
          .catch(undefined),
      }),
    }),
  ),
});
export type Completion = z.infer<typeof Completion>;
