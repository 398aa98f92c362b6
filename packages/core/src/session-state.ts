import { z } from 'zod';
import { Fact } from './facts/fact.ts';
import { CacheMemory } from './cache/cache-memory.ts';
import { categories } from './item-view.ts';
import { fates } from './ledger.ts';
import type { LedgerRow } from './ledger.ts';
import { summaryCheckNames } from './summarizing/summary-checks.ts';
import { ThrashMemory } from './thrash/thrash-history.ts';

const StoredRow = z.object({
  index: z.number().exactOptional(),
  id: z.string(),
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  kind: z.enum(['message', 'reasoning', 'call', 'result', 'other']),
  category: z.enum(categories),
  fate: z.enum(fates),
  tokens: z.number(),
  tokensAfter: z.number(),
  reason: z.string().exactOptional(),
  tool: z.string().exactOptional(),
  pair: z.string().exactOptional(),
  sequence: z.number(),
  archiveRef: z.string().exactOptional(),
  preview: z.string(),
}) satisfies z.ZodType<LedgerRow>;

const StoredSummary = z.object({
  id: z.string(),
  version: z.number(),
  parentId: z.string().exactOptional(),
  tokens: z.number(),
  digest: z.string(),
  text: z.string(),
  verification: z
    .object({
      sections: z.object({
        present: z.array(z.string()).readonly(),
        missing: z.array(z.string()).readonly(),
      }),
      checks: z.array(z.enum(summaryCheckNames)).readonly(),
      factScore: z.number().exactOptional(),
    })
    .exactOptional(),
  proseCharacters: z.number().exactOptional(),
  by: z.literal('provider').exactOptional(),
});

const StoredEntry = z.object({
  item: z.unknown(),
  ordinal: z.number().exactOptional(),
  past: StoredRow.exactOptional(),
});

/**
 * A splice, bound to the prefix of the caller's items that it replaces. Where that prefix is met again, the
 * replacement is put in its place, without a model call and on any process.
 */
const Splice = z.object({
  prefixLength: z.number(),
  prefixDigest: z.string(),
  /** What stands in its place now, kept and edited items included. */
  replacement: z.array(StoredEntry),
  replacementDigest: z.string(),
  /** Items ever seen up to the end of the prefix. */
  seen: z.number(),
  /** The rows of what is no longer in the context. */
  gone: z.array(StoredRow),
  summary: StoredSummary.exactOptional(),
  /** The number of the run that made it. */
  sequence: z.number().exactOptional(),
  /** The compaction whose effect is in force with it: its own number, or an earlier one where items were put back. */
  inForce: z.number().exactOptional(),
  /** The run whose splice was in force before a compaction: what an undo goes back to. */
  parent: z.number().exactOptional(),
  /** Items were put back on purpose: the triggers wait until the budget itself is reached. */
  isHeld: z.boolean().exactOptional(),
  /** What its summary's fact sheet stands for, and what waits for the next one. */
  facts: z.array(Fact).exactOptional(),
});
export type Splice = z.infer<typeof Splice>;

const Prompt = z.object({
  /** Entries in it, and the digest of the last one. */
  count: z.number(),
  id: z.string(),
  /** Uncalibrated tokens, instructions and tools included. */
  weight: z.number(),
  estimate: z.number(),
  /** Tokens of it that the provider had counted before; absent where it goes on from no reported prompt. */
  base: z.number().exactOptional(),
  /** Uncalibrated tokens of the rest. */
  added: z.number(),
});

/** What the engine knows of a session between calls. Plain data. */
export const SessionState = z.object({
  version: z.literal(1),
  calls: z.number(),
  sequence: z.number(),
  /** The provider's tokens for one of ours, from its last report. */
  scale: z.number().positive(),
  isCalibrated: z.boolean(),
  /** The prompt that was last prepared. */
  prompt: Prompt.exactOptional(),
  /** The prompt that the provider last reported, and what it counted. */
  anchor: z
    .object({
      ...Prompt.pick({ count: true, id: true, weight: true }).shape,
      inputTokens: z.number(),
      outputTokens: z.number().exactOptional(),
    })
    .exactOptional(),
  /** Our tokens and the provider's for the same items, fading: what `scale` is fitted to. */
  seen: z.object({ weight: z.number(), tokens: z.number() }).exactOptional(),
  /** Tokens that the provider counts whatever the items are. */
  hidden: z.number().exactOptional(),
  /** The last report against its estimate, where it was too far off to be believed. */
  doubt: z.number().exactOptional(),
  /** The last report that was believed, and the estimate that it was about. */
  last: z.object({ estimate: z.number(), actual: z.number(), error: z.number() }).exactOptional(),
  /**
   * Prompts that the provider refused as too long, by model: the window that it named, in its tokens, or the
   * uncalibrated tokens of the refused prompt, where it named none.
   */
  refused: z
    .record(
      z.string(),
      z.object({ limitTokens: z.number().exactOptional(), weight: z.number().exactOptional() }),
    )
    .exactOptional(),
  /** Newest first: a branched or nested conversation has one of its own. */
  splices: z.array(Splice),
  /** When the last preflight ended, in epoch milliseconds. */
  lastCallAt: z.number().exactOptional(),
  /** The call whose preflight compacted last. */
  lastCompactedCall: z.number().exactOptional(),
  /** The latest compactions, and the breaker that stops them where they do not help. */
  thrash: ThrashMemory.exactOptional(),
  /** What was sent to the provider's cache, and what it said of it. */
  cache: CacheMemory.exactOptional(),
  /** Our summaries by the digest of their item. */
  summaries: z.record(z.string(), StoredSummary),
  protectedIds: z.array(z.string()),
  /** Why the provider was not asked for all that was wanted of it, as it was last told. */
  providerFallback: z.string().exactOptional(),
  /** The most tool results that the provider said it had cleared for a call. */
  providerCleared: z.number().exactOptional(),
  /** What somebody pinned: ids of ledger rows or of calls. */
  pins: z.array(z.object({ id: z.string(), label: z.string().exactOptional() })).exactOptional(),
  /** What the next preflight is to put back: a compaction's number to take back, and ids of ledger rows. */
  restoring: z.object({ undo: z.number().exactOptional(), ids: z.array(z.string()) }).exactOptional(),
});
export type SessionState = z.infer<typeof SessionState>;

export const initialState: SessionState = {
  version: 1,
  calls: 0,
  sequence: 0,
  scale: 1,
  isCalibrated: false,
  splices: [],
  summaries: {},
  protectedIds: [],
};
