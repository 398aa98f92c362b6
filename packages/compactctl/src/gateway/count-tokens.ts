import { CompactManager } from '@clew/core';
import type { Dialect } from '@clew/core';

export type CountRequest = {
  readonly model: string;
  readonly items: readonly object[];
  readonly instructions?: string | undefined;
  readonly tools?: unknown;
};

/** What the engine takes a prompt to weigh, in tokens: by js-tiktoken, and by what is known of the model's own. */
export async function countTokens(dialect: Dialect<object>, request: CountRequest): Promise<number> {
  const { model, ...prompt } = request;
  const manager = new CompactManager<object>({
    model,
    // Nothing is to be compacted, only counted.
    maxContextTokens: Number.MAX_SAFE_INTEGER,
    dialect,
  });
  const { tokens } = await manager.preflight({ sessionId: 'count', ...prompt });
  return tokens.before;
}
