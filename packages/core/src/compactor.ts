import type { LifecycleEvents } from './events/lifecycle-events.ts';
import type { OverflowSettled } from './observer.ts';
import type { OverflowAttempt } from './overflow/overflow.ts';
import type { FoundCapabilities } from './providers/capabilities-of.ts';
import type { NativeReport, ProviderRoute, ProviderUse } from './providers/provider-use.ts';
import type { CompactResult } from './result.ts';
import type { Usage } from './usage.ts';

/** One look at a session, before a model call. */
export type PreflightRequest<TItem> = {
  readonly sessionId: string;
  /** The whole history, re-sent each time (raw), or what the engine returned with more behind it (rolling). */
  readonly items: readonly TItem[];
  /** The system prompt, where it is sent beside the items. */
  readonly instructions?: string | undefined;
  /** The tool schemas, hand-offs and output schema, as they are sent: anything that JSON can write. */
  readonly tools?: unknown;
  /** The model of this call, where it is not the manager's. */
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly agent?: string | undefined;
  /** What the provider reported for the call before this one. */
  readonly usage?: Usage | undefined;
  /** `overflow` after the provider refused the prompt as too long: compacts whatever the estimate says. */
  readonly trigger?: 'threshold' | 'overflow' | undefined;
  /** What was refused, and what to try now. Given, the trigger is `overflow`. */
  readonly overflow?: OverflowAttempt | undefined;
  /** How the call goes to its provider: where the policy would have the provider compact, whether it can be asked. */
  readonly route?: ProviderRoute | undefined;
  readonly signal?: AbortSignal | undefined;
};

/** What the provider did to the context of a call by itself. */
export type ProviderReport<TItem> = Omit<
  PreflightRequest<TItem>,
  'trigger' | 'overflow' | 'usage' | 'route'
> & {
  /** The item of the answer that stands for everything before it; `items` are those before it, as they would be sent. */
  readonly compaction?: { readonly item: TItem; readonly text?: string | undefined } | undefined;
  /** What it cleared for this call, of items that it does not name. */
  readonly cleared?: Pick<NativeReport, 'clearedToolUses' | 'clearedInputTokens'> | undefined;
};

/** A compaction that somebody asked for. */
export type ManualRequest<TItem> = Omit<PreflightRequest<TItem>, 'trigger' | 'overflow' | 'route'> & {
  /** What the summary should mind; told to the summariser as the user's wish. */
  readonly note?: string | undefined;
};

/**
 * The engine, as everything around it sees it.
 *
 * Contract: `items` of the result are always acceptable to the provider where the input was; on failure they are
 * the input. Rejects only with a `CompactError` for misuse; what can be expected to happen is an outcome.
 */
export interface Compactor<TItem> {
  preflight(request: PreflightRequest<TItem>): Promise<CompactResult<TItem>>;
  compact(request: ManualRequest<TItem>): Promise<CompactResult<TItem>>;
  /** Anchors the next estimate on what the provider counted for the prompt that was last prepared. */
  reportUsage(sessionId: string, usage: Usage): void;
  /** Tells what became of a refusal, once it is known: for the record alone. */
  reportOverflow?(sessionId: string, settled: OverflowReport): void;
  /** What happens, as it happens. */
  readonly events?: LifecycleEvents;
  /**
   * Who compacts a call, without looking at its items.
   * @throws CompactError `server_managed_state` where the provider holds the history and cannot be asked
   */
  providerUse?(call: { readonly model?: string | undefined; readonly route: ProviderRoute }): ProviderUse;
  /** What is known of a model, with what the user knows better. */
  capabilitiesOf?(model: string): FoundCapabilities;
  /** Takes down what the provider did. `undefined` where there is nothing new in it. */
  reportProvider?(report: ProviderReport<TItem>): Promise<CompactResult<TItem> | undefined>;
}

/** What became of a refusal, as `OverflowRecovery` tells it. */
export type OverflowReport = Omit<OverflowSettled, 'id' | 'at' | 'sessionId'>;
