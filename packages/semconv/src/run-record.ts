import { z } from 'zod';
import { Basis, CategoryTokens, Count, RecordBase, WindowTokens } from './common.ts';
import { LedgerRow } from './ledger-row.ts';
import { factKinds, outcomes } from './vocabulary.ts';

/** How a run ended. Closed: a reader may switch on it. */
export const Outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof Outcome>;

/** What made the engine look: every call does, at its threshold or not; a person or an overflow may ask too. */
export const Trigger = z.enum(['threshold', 'manual', 'overflow', 'idle', 'provider']);
export type Trigger = z.infer<typeof Trigger>;

/** Items of each fate. */
export const FateCounts = z.object({
  kept: Count,
  protected: Count,
  trimmed: Count,
  cleared: Count,
  summarized: Count,
  dropped: Count,
});

/** Where the payload of a summary is. */
export const PayloadState = z.enum(['inline', 'ref', 'redacted', 'opaque', 'absent']);
export type PayloadState = z.infer<typeof PayloadState>;

/** A summary: its place in the lineage, its size, and its text where content is captured. */
export const SummaryRecord = z.object({
  id: z.string(),
  version: Count,
  parent_id: z.string().optional(),
  tokens: Count,
  digest: z.string(),
  state: PayloadState,
  text: z.string().optional(),
  ref: z.string().optional(),
  /** What was found of a summary that a model wrote: sections of its strategy, and the checks that it passed. */
  verification: z
    .object({
      sections: z.object({ present: z.array(z.string()), missing: z.array(z.string()) }),
      checks: z.array(z.string()),
      /** The share of the facts that can still be read with its fact sheet. */
      fact_score: z.number().min(0).max(1).optional(),
    })
    .optional(),
});
export type SummaryRecord = z.infer<typeof SummaryRecord>;

/** What a fact of the fact sheet is. */
export const FactKind = z.enum(factKinds);
export type FactKind = z.infer<typeof FactKind>;

/** What a compaction kept of the facts (files, names, errors, asks) that were in what it took away. */
export const RetentionRecord = z.object({
  /** The share of them that the model can still read, each weighed by who named it, how often and how lately. */
  score: z.number().min(0).max(1),
  /** Facts of each kind that can still be read, of all that there were. */
  by_kind: z.partialRecord(FactKind, z.object({ kept: Count, total: Count })),
  /** Facts that are carried on to the next sheet. */
  facts: Count,
  /** Facts that are gone from the context for good. */
  evicted: Count,
  /** Those of the evicted that an earlier sheet had held. */
  eroded: Count,
  /** Tokens of the fact sheet that this run wrote. */
  sheet_tokens: Count,
  /** The evicted that were worth most, where content is captured. */
  evicted_facts: z.array(z.object({ kind: FactKind, text: z.string() })).optional(),
});
export type RetentionRecord = z.infer<typeof RetentionRecord>;

/**
 * `compact.run`: one preflight or manual call, whether or not it compacted.
 *
 * Two laws hold, in tokens and, for the first, in items:
 * `before = fixed + kept + protected + trimmed + cleared + summarized + dropped`, and
 * `after = fixed + stayed + inserted`.
 */
export const RunRecord = RecordBase.extend({
  /** Compactions of this session so far, this one included. */
  sequence: Count,
  dialect: z.string().optional(),
  model: z.string().optional(),
  agent: z.string().optional(),
  trigger: Trigger,
  /** The trigger rule that fired, as `idle` or `turns`, or a name of the application's; absent where none did. */
  rule: z.string().optional(),
  /** `preflight` before a model call, `manual` between calls, `overflow` after the provider refused one. */
  phase: z.string(),
  outcome: Outcome,
  /** A sentence for people: why it ended so, and what to do where something can be done. */
  advice: z.string().optional(),
  attempts: Count,
  /** The rungs of the ladder that were tried, in order. */
  steps: z.array(z.string()).optional(),
  /** Whether an earlier splice was found in the input and applied again. */
  reapplied: z.enum(['none', 'applied', 'missed']),
  window: WindowTokens,
  tokens: FateCounts.extend({
    basis: Basis,
    before: Count,
    after: Count,
    /** Instructions, tool schemas and framing: outside the list of items. */
    fixed: Count,
    /** After-tokens of the items that stayed. */
    stayed: Count,
    inserted: Count,
  }),
  count: FateCounts.extend({ before: Count, after: Count, inserted: Count }),
  /** Tokens of each part of the prompt, before and after. */
  before: CategoryTokens,
  after: CategoryTokens,
  splice: z.object({ index: Count, removed: Count, inserted: Count }).optional(),
  prefix: z.object({ tokens_kept: Count }).optional(),
  /** Over every item ever seen in this session: visible + summarized + dropped = seen. */
  coverage: z.object({ seen: Count, visible: Count, summarized: Count, dropped: Count }),
  /**
   * Compactions that do not help any more: the signs of it, how many in how many calls, where the breaker stands,
   * and the call at which a compaction is tried again.
   */
  thrash: z
    .object({
      signals: z.array(z.string()),
      breaker: z.enum(['closed', 'open', 'half_open']),
      compactions: Count,
      calls: Count,
      retry_at_call: Count,
    })
    .optional(),
  /**
   * What the provider's prompt cache held of this prompt (`warm`, `cold` or `unknown`), why that is believed, and the
   * stretch of calls that the prompt belongs to, each of which went on from the one before. Of the prompt as it is sent,
   * `prefix_tokens` stood at the beginning of an earlier one; `rewritten_tokens` have to be read anew because of this
   * run, which has paid for itself after `break_even_calls` further calls. Tokens are estimates.
   */
  cache: z
    .object({
      state: z.enum(['warm', 'cold', 'unknown']),
      reason: z.string(),
      epoch: Count,
      prefix_tokens: Count,
      rewritten_tokens: Count,
      break_even_calls: Count.optional(),
    })
    .optional(),
  /**
   * By the prices that the user gave: the input of this call as it is sent, what it would have been and what each later
   * call is cheaper by where it was compacted, and what the calls of the summariser cost. What is not known is absent.
   */
  cost: z
    .object({
      currency: z.string(),
      price_version: z.string().optional(),
      before: z.number().nonnegative().optional(),
      after: z.number().nonnegative().optional(),
      saved_per_call: z.number().optional(),
      summary: z.number().nonnegative().optional(),
    })
    .optional(),
  /**
   * Who compacts, where the policy does not leave it to the engine (`mode`: `native` or `auto`): who it is for this call,
   * why the provider is not asked for all of it, and what it reported that it cleared. What it does not tell is absent;
   * what it compacted is the run's own account.
   */
  provider: z
    .object({
      mode: z.enum(['local', 'native', 'auto']),
      used: z.enum(['local', 'native']),
      fallback: z.string().optional(),
      cleared_tool_uses: Count.optional(),
      cleared_tokens: Count.optional(),
    })
    .optional(),
  /** The refusal of the provider that this run answers, by its own numbers in tokens, and what was tried. */
  overflow: z
    .object({
      attempt: Count,
      step: z.string(),
      pattern: z.string().optional(),
      limit: Count.optional(),
      actual: Count.optional(),
      output: Count.optional(),
    })
    .optional(),
  /**
   * How far the estimate may be off, as a share, nineteen times in twenty; the weight of single items; and, once
   * the provider has reported, its last report against the estimate of that call: (estimate - actual) / actual.
   */
  calibration: z
    .object({
      scale: z.number().positive(),
      uncertainty: z.number().nonnegative(),
      estimate: Count.optional(),
      actual: Count.optional(),
      error: z.number().optional(),
    })
    .optional(),
  summary: SummaryRecord.optional(),
  retention: RetentionRecord.optional(),
  /** The rows of the items that this run met; absent where nothing changed. */
  ledger: z.array(LedgerRow).optional(),
  ledger_ref: z.string().optional(),
  redaction: z.object({ count: Count }).optional(),
});
export type RunRecord = z.infer<typeof RunRecord>;
