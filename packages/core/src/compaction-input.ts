import type { Decision } from './decide.ts';
import type { Finding, RunFacts } from './describe-result.ts';
import type { Engine } from './engine.ts';
import type { RunObserver } from './observer.ts';
import type { Prepared } from './prepare.ts';
import type { SessionState } from './session-state.ts';

export type CompactionInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly prepared: Prepared<TItem>;
  readonly facts: RunFacts;
  readonly model: string;
  /** When the run began, in epoch milliseconds: reading and counting the items is part of the estimate. */
  readonly startedAt: number;
  readonly note: string | undefined;
  readonly observer: RunObserver;
  readonly signal: AbortSignal | undefined;
  /** What was decided elsewhere; else the triggers are asked. */
  readonly decision?: Decision;
};

export type Compaction<TItem> = { readonly finding: Finding<TItem>; readonly state: SessionState };
