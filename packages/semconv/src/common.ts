import { z } from 'zod';
import { categories, fates } from './vocabulary.ts';

/** A count of tokens or items: a whole number, never negative. */
export const Count = z.number().int().nonnegative();

/** How a number of tokens was obtained: reported by the provider, counted by a tokenizer, or guessed from length. */
export const Basis = z.enum(['provider', 'tokenizer', 'estimate']);
export type Basis = z.infer<typeof Basis>;

/** What became of an item. Every item that a compaction met has exactly one. */
export const Fate = z.enum(fates);
export type Fate = z.infer<typeof Fate>;

/** The parts of a prompt, in prompt order. Their tokens sum to the whole. */
export const Category = z.enum(categories);
export type Category = z.infer<typeof Category>;

/** Tokens of each part of the prompt. A part that is absent holds none. */
export const CategoryTokens = z.partialRecord(Category, Count);
export type CategoryTokens = z.infer<typeof CategoryTokens>;

/** The layers by which the specification breaks an estimate down, in tokens. */
export const Breakdown = z.object({
  system: Count,
  developer: Count,
  tools_schema: Count,
  memory: Count,
  messages: Count,
  user_input: Count,
});
export type Breakdown = z.infer<typeof Breakdown>;

/** Effective values in tokens: the model's window, what is held back, where compaction fires and where it aims. */
export const WindowTokens = z.object({ limit: Count, reserve: Count, trigger: Count, target: Count });
export type WindowTokens = z.infer<typeof WindowTokens>;

/** How much a plan keeps, counted in items, turns and call groups. */
export const Kept = z.object({ pinned: Count, recent_turns: Count, tool_pairs: Count });
export type Kept = z.infer<typeof Kept>;

/** The fields that every record carries, so that a reader can place a child that arrives before its run. */
export const RecordBase = z.object({
  schema_version: z.number().int().positive(),
  /** The id of the run: one preflight or one manual call. */
  id: z.string(),
  session_id: z.string(),
  /** The preflight's number within its session, from 1. */
  call_index: Count,
});
