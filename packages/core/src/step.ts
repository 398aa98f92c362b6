import type { Basis } from './counter.ts';
import type { CategoryTokens } from './item-view.ts';
import type { CompactPolicy } from './policy.ts';
import type { SummaryInfo, Trigger, Window } from './result.ts';

/** Tokens by the layers of the specification. */
export type Breakdown = {
  readonly system: number;
  readonly developer: number;
  readonly toolsSchema: number;
  readonly memory: number;
  readonly messages: number;
  readonly userInput: number;
};

/** How much a plan keeps. */
export type Kept = { readonly pinned: number; readonly recentTurns: number; readonly toolPairs: number };

export type TokenEstimateStep = {
  readonly name: 'token_estimate';
  readonly model: string;
  readonly tokens: number;
  readonly limitTokens: number;
  readonly usageRatio: number;
  readonly basis: Basis;
  readonly breakdown: Breakdown;
  readonly categories: CategoryTokens;
};

export type TriggerDecisionStep = {
  readonly name: 'trigger_decision';
  readonly triggered: boolean;
  readonly trigger: Trigger;
  /** The name of the rule that fired: `threshold`, `token_budget`, `tokens_left`, `turns`, `window_size`, `idle`,
   * `soft_threshold`, or that of a trigger of the caller's. Absent where none did, and where the caller asked. */
  readonly rule?: string;
  readonly reason: string;
  readonly tokens: number;
  readonly window: Window;
  readonly policy: CompactPolicy;
  readonly kept?: Kept;
  readonly prunedCount?: number;
};

export type ArchivalStep = {
  readonly name: 'archival';
  readonly step: string;
  readonly storageAdapter: string;
  readonly location: string;
};

export type SummaryCreatedStep = {
  readonly name: 'summary_created';
  readonly strategy: string;
  readonly method: 'model' | 'digest';
  readonly inputCount: number;
  readonly inputTokens: number;
  /** Of `inputTokens`, what the summariser was shown: long items may have been shortened, and pictures are not text. */
  readonly shownTokens: number;
  readonly attempt: number;
  /** The model that wrote it, where that is known. */
  readonly model?: string;
  /** Where it was written in stages: which of them this is, from 1. The last one's summary is the one in force. */
  readonly part?: { readonly number: number; readonly count: number };
  readonly summary: SummaryInfo;
};

export type PrunedMessagesStep = {
  readonly name: 'pruned_messages';
  readonly count: number;
  readonly tokens: number;
  readonly kept: Kept;
  readonly ids: readonly string[];
  readonly breakdown: Breakdown;
};

export type ErrorStep = {
  readonly name: 'error';
  readonly errorType: string;
  readonly message: string;
  readonly fallback: string;
  readonly attempt?: number;
  /** The model that was asked, where it is known. */
  readonly model?: string;
  /** How long the engine waits before it goes on, in milliseconds. */
  readonly waitMillis?: number;
  readonly part?: { readonly number: number; readonly count: number };
};

/** What a step carries, without its times. */
export type StepBody =
  | TokenEstimateStep
  | TriggerDecisionStep
  | ArchivalStep
  | SummaryCreatedStep
  | PrunedMessagesStep
  | ErrorStep;

/** Something the engine did, told at the moment it was done. Times are epoch milliseconds. */
export type Step = StepBody & { readonly startedAt: number; readonly endedAt: number };

export type StepName = Step['name'];
