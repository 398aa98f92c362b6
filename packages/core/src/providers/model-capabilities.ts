import { z } from 'zod';

const Tokens = z.number().int().positive();
const no = z.literal(false);

/**
 * What a provider does with a model's context. `false`: it is known that it does not. Absent: nobody has told, and
 * nothing is assumed.
 */
export const ModelCapabilities = z.strictObject({
  provider: z.string().min(1).optional().describe('Who serves the model: openai, anthropic, google.'),
  windowTokens: Tokens.optional().describe('The context window, in tokens.'),
  maxOutputTokens: Tokens.optional().describe('The longest answer, in tokens.'),
  localCompaction: z
    .boolean()
    .optional()
    .describe('Whether this engine can compact: always, but where the provider holds the history.'),
  serverCompaction: z
    .union([
      no,
      z.strictObject({
        parameter: z.string().min(1),
        leastTokens: Tokens.optional().describe('A lower threshold is refused.'),
        defaultTokens: Tokens.optional().describe('The threshold where none is told.'),
      }),
    ])
    .optional()
    .describe('Compacts by itself within a call, once the prompt reaches a threshold.'),
  compactEndpoint: z
    .union([no, z.strictObject({ path: z.string().min(1) })])
    .optional()
    .describe('A call that compacts and does nothing else.'),
  contextEditing: z
    .union([no, z.strictObject({ parameter: z.string().min(1), defaultTokens: Tokens.optional() })])
    .optional()
    .describe('Clears old tool results out of a call, by rules, without a summary.'),
  promptCaching: z
    .union([
      no,
      z.strictObject({
        /** `automatic`: nothing to do. `marked`: the request marks what to cache. `named`: caches are made and named. */
        kinds: z
          .array(z.enum(['automatic', 'marked', 'named']))
          .min(1)
          .readonly(),
        leastTokens: Tokens.optional().describe('A shorter prompt is not cached.'),
        ttlSeconds: Tokens.optional().describe('How long an entry lives without being read.'),
        longestTtlSeconds: Tokens.optional(),
      }),
    ])
    .optional()
    .describe('Reads the beginning of a prompt again for less.'),
  serverState: z
    .union([no, z.strictObject({ parameters: z.array(z.string().min(1)).min(1).readonly() })])
    .optional()
    .describe('Holds the history itself, and is sent only what is new.'),
});
export type ModelCapabilities = z.infer<typeof ModelCapabilities>;

export type Capability = Exclude<keyof ModelCapabilities, 'provider'>;
