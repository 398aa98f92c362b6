import type { CacheAccount, CostAccount, SummarizerAccount } from './cache/cost-account.ts';
import type { Basis } from './counter.ts';
import type { CompactError } from './errors.ts';
import type { CategoryTokens } from './item-view.ts';
import type { Retention } from './facts/retention.ts';
import type { FateTotals, LedgerRow } from './ledger.ts';
import type { OverflowAttempt } from './overflow/overflow.ts';
import type { LadderStep } from './policy.ts';
import type { Outcome } from './outcome.ts';
import type { ProviderUse } from './providers/provider-use.ts';
import type { Restoration } from './restoring/restoration.ts';
import type { Shortfall } from './shortfall.ts';
import type { SummaryVerification } from './summarizing/judge-summary.ts';
import type { Thrashing } from './thrash/thrashing.ts';

/** What made the engine look. */
export type Trigger = 'threshold' | 'manual' | 'overflow' | 'provider';

/** Effective values, in tokens. */
export type Window = {
  readonly limitTokens: number;
  readonly reserveTokens: number;
  readonly triggerTokens: number;
  readonly targetTokens: number;
};

/** A summary and its place in the lineage. */
export type SummaryInfo = {
  readonly id: string;
  /** The N of `<COMPACT-SUMMARY vN>`. */
  readonly version: number;
  readonly parentId?: string;
  readonly tokens: number;
  readonly digest: string;
  /** What the model reads of it: the summary itself, and the fact sheet beneath it. */
  readonly text: string;
  /** What was found of it; absent where no model wrote it. */
  readonly verification?: SummaryVerification;
  /** So many characters of `text` are the summary itself. Absent: all of them. */
  readonly proseCharacters?: number;
  /** The provider made it, within a call. Where only it can read it, `text` is empty and `tokens` is an estimate. */
  readonly by?: 'provider';
};

/** Tokens of one run. `before = fixed + Σ fates`; `after = fixed + stayed + inserted`. */
export type TokenAccount = {
  readonly basis: Basis;
  readonly before: number;
  readonly after: number;
  /** Instructions, tool schemas and framing: outside the list of items. */
  readonly fixed: number;
  /** After-tokens of the items that stayed. */
  readonly stayed: number;
  readonly inserted: number;
  readonly byFate: FateTotals;
  readonly categoriesBefore: CategoryTokens;
  readonly categoriesAfter: CategoryTokens;
};

/** The estimate of the call before against what its provider reported, and how far this one may be off. */
export type Calibration = {
  /** The provider's tokens for one of the counter's, by which single items are weighed. */
  readonly scale: number;
  /** `tokens.before` is within this share of what the provider will count, nineteen times in twenty. */
  readonly uncertainty: number;
  /** The last report that was believed; absent before the first. `error` is (estimate − actual) / actual. */
  readonly estimate?: number;
  readonly actual?: number;
  readonly error?: number;
};

/** Items of one run. `before = Σ fates`; `after = stayed + inserted`. */
export type ItemAccount = {
  readonly before: number;
  readonly after: number;
  readonly inserted: number;
  readonly byFate: FateTotals;
};

/** Over every item ever seen in the session: `seen = visible + summarized + dropped`. */
export type Coverage = {
  readonly seen: number;
  readonly visible: number;
  readonly summarized: number;
  readonly dropped: number;
};

/** One preflight or manual call, as a value. Whatever happened, `items` is what to send. */
export type CompactResult<TItem> = {
  readonly id: string;
  readonly sessionId: string;
  readonly callIndex: number;
  /** Compactions of this session so far, this one included. */
  readonly sequence: number;
  readonly trigger: Trigger;
  /** The name of the trigger rule that fired, as `idle`; absent where none did, and where the caller asked. */
  readonly rule?: string;
  /**
   * `background`: prepared while the agent went on, and swapped in at a later call. `provider`: what the provider did
   * within a call, as it reported it.
   */
  readonly phase: 'preflight' | 'manual' | 'overflow' | 'background' | 'undo' | 'reinflate' | 'provider';
  /** The refusal that this run answers, and what it tried. */
  readonly overflow?: OverflowAttempt;
  readonly outcome: Outcome;
  /** Why it ended so, for people, and what to do where something can be done. */
  readonly advice?: string;
  /** Where a compaction was due and the target was not met: which rule holds how much. */
  readonly shortfall?: Shortfall;
  /** Compactions have stopped to help: why, and when one is tried again. */
  readonly thrash?: Thrashing;
  /** `insufficient_budget` with guidance where the outcome is `irreducible`; the cause where it is `failed`. */
  readonly error?: CompactError;
  readonly items: readonly TItem[];
  /** Cumulative: a row for every item that the caller gave, in order, then the summaries that were replaced. */
  readonly ledger: readonly LedgerRow[];
  /** The rows of what this run met: the items that were visible when it began. They sum to `tokens.byFate`. */
  readonly met: readonly LedgerRow[];
  readonly window: Window;
  readonly tokens: TokenAccount;
  readonly count: ItemAccount;
  readonly coverage: Coverage;
  readonly calibration?: Calibration;
  readonly attempts: number;
  readonly steps: readonly LadderStep[];
  /** Whether an earlier splice was found in the input and applied again. */
  readonly reapplied: 'none' | 'applied' | 'missed';
  /** What came of an undo or a reinflation that was asked for since the last call. */
  readonly restoration?: Restoration;
  readonly splice?: { readonly index: number; readonly removed: number; readonly inserted: number };
  /** Tokens before the first change: what a provider's prompt cache may still hold. */
  readonly prefixTokens?: number;
  /** What this run kept of the facts that were in what it took away; absent where it took nothing away. */
  readonly retention?: Retention;
  /** What the provider's prompt cache holds of this prompt, and what this run did to it. */
  readonly cache: CacheAccount;
  /** Present where prices were given for the models that were used. */
  readonly cost?: CostAccount;
  /** What summarisers answered; absent where none did. One that rejected has reported nothing. */
  readonly summarizer?: SummarizerAccount;
  /** Who compacts, where the policy does not leave it to the engine alone. */
  readonly provider?: ProviderUse;
  /** The summary now in the context, whichever run made it. */
  readonly summary?: SummaryInfo;
};
