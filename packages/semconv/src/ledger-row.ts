import { z } from 'zod';
import { Category, Count, Fate } from './common.ts';

/** The fate of one item in one compaction. */
export const LedgerRow = z.object({
  /** Position in what the caller gave; absent for what the engine itself had inserted (an earlier summary). */
  index: Count.optional(),
  id: z.string(),
  role: z.string(),
  kind: z.string(),
  category: Category,
  fate: Fate,
  /** Tokens before this compaction. */
  tokens: Count,
  /** Tokens after it: 0 for what left. */
  tokens_after: Count,
  /** Why, for every fate but `kept`. */
  reason: z.string().optional(),
  tool: z.string().optional(),
  /** The call id that binds a call to its result. */
  pair: z.string().optional(),
  /** The number of the compaction that gave this fate; 0 while untouched. */
  sequence: Count,
  archive_ref: z.string().optional(),
  /** The first words, redacted; content, so it is absent where content is not captured. */
  preview: z.string().optional(),
});
export type LedgerRow = z.infer<typeof LedgerRow>;
