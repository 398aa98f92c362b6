import { z } from 'zod';

/**
 * A prompt as it was last sent to one model behind one preamble (instructions and tools): providers cache by model and
 * from the first token on, so that agents which take turns in a session each have a cache of their own.
 */
export const CacheLane = z.object({
  model: z.string(),
  /** Digest of the instructions and tools. */
  preamble: z.string(),
  /** When it was prepared, in epoch milliseconds. */
  at: z.number(),
  /** Entries in it, and the digest of the last one. */
  count: z.number(),
  id: z.string(),
  /** Tokens at its beginning that had been sent before in the same way. */
  sharedTokens: z.number(),
  /** How long the lane had rested then; absent at its first prompt. */
  idleMillis: z.number().exactOptional(),
  /** What the provider reported for it, in tokens. */
  read: z.number().exactOptional(),
  written: z.number().exactOptional(),
  /** How often in a row the provider has read next to nothing of what it had been sent just before. */
  misses: z.number(),
});
export type CacheLane = z.infer<typeof CacheLane>;

/** What a session remembers of its provider's cache. */
export const CacheMemory = z.object({
  /** Stretches of calls that each went on from the prompt before, from 1. */
  epoch: z.number(),
  /** The newest first. */
  lanes: z.array(CacheLane),
  /** The longest rest after which the provider was seen to have kept a prompt, in milliseconds. */
  outlivedMillis: z.number().exactOptional(),
});
export type CacheMemory = z.infer<typeof CacheMemory>;

export const noCache: CacheMemory = { epoch: 1, lanes: [] };

/** How long a provider keeps a prompt that nobody asks for, where neither the policy nor its reports say: 5 minutes. */
export const defaultColdAfterMillis = 300_000;

/** Prompts below this are cached by no provider, or not by all: they tell nothing. */
export const leastCachedTokens = 4096;
