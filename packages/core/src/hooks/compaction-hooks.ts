import type { Fate } from '../ledger.ts';
import type { CompactResult, Trigger, Window } from '../result.ts';

/** What is about to happen, told before it does. */
export type BeforeCompaction<TItem> = {
  readonly sessionId: string;
  readonly runId: string;
  /** The number that the compaction will have. */
  readonly sequence: number;
  readonly trigger: Trigger;
  readonly phase: CompactResult<unknown>['phase'];
  /** What the person who asked for it wished. */
  readonly note?: string;
  /** The prompt now. */
  readonly tokens: number;
  readonly window: Window;
  /** What is planned for each item that does not stay as it is. A summary that fails may yet change it. */
  readonly leaving: readonly LeavingItem<TItem>[];
};

export type LeavingItem<TItem> = {
  readonly item: TItem;
  /** The id of its ledger row. */
  readonly id: string;
  readonly fate: Exclude<Fate, 'kept' | 'protected'>;
  readonly tokens: number;
};

/** What a hook may ask for. */
export type HookAnswer<TItem> = {
  /** Do not compact now, and why. Not heard where the prompt would not fit its budget. */
  readonly veto?: string | undefined;
  /** Items, or ids of rows or calls, to be pinned first: they stay for good. */
  readonly pin?: readonly (string | TItem)[] | undefined;
};

type Answer<TValue> = TValue | Promise<TValue>;

/** What an application does around a compaction. A hook that fails or takes too long is recorded, and never stops the agent. */
export type CompactionHooks<TItem> = {
  /** Awaited: an application can write to its memory what is about to leave. */
  readonly beforeCompaction?:
    | ((
        context: BeforeCompaction<TItem>,
        signal: AbortSignal,
      ) => Answer<HookAnswer<TItem> | undefined | void>)
    | undefined;
  /** Told of each compaction that changed the context; the agent waits for it no longer than its limit. */
  readonly afterCompaction?:
    | ((result: CompactResult<TItem>, signal: AbortSignal) => Answer<unknown>)
    | undefined;
  /** Milliseconds. Default 10,000. */
  readonly beforeTimeoutMillis?: number | undefined;
  /** Milliseconds. Default 1,000. */
  readonly afterTimeoutMillis?: number | undefined;
};
