import type { Overflow } from './overflow/overflow.ts';
import type { CompactResult, Trigger } from './result.ts';
import type { Step } from './step.ts';

/** What is known of a run when it starts. Times are epoch milliseconds. */
export type RunStart = {
  readonly id: string;
  readonly sessionId: string;
  readonly callIndex: number;
  readonly trigger: Trigger;
  readonly phase: CompactResult<unknown>['phase'];
  readonly startedAt: number;
  readonly dialect: string;
  readonly model: string;
  readonly provider?: string;
  readonly agent?: string;
};

/** What a piece of I/O became: `value` goes on to the engine, `step` to whoever watches. */
export type Settled<TValue> = { readonly value: TValue; readonly step: Step };

/** Follows one run. */
export interface RunObserver {
  /** A step is done. */
  tell(step: Step): void;
  /**
   * Runs I/O so that whatever it emits nests under the step that it becomes. The step's name is known only
   * when the work has settled: a summary that failed becomes an `error`.
   */
  within<TValue>(work: () => Promise<Settled<TValue>>): Promise<Settled<TValue>>;
  /** The run is over. Called exactly once. */
  end(result: CompactResult<unknown>, endedAt: number): void;
}

/** What became of a prompt that a provider had refused as too long. Times are epoch milliseconds. */
export type OverflowSettled = {
  /** Of this settlement. */
  readonly id: string;
  readonly at: number;
  readonly sessionId: string;
  /** Whether the provider has accepted a smaller one; else its refusal goes to the caller. */
  readonly isRecovered: boolean;
  /** How many smaller ones were looked for. */
  readonly attempts: number;
  /** What was tried last. */
  readonly step?: string;
  readonly overflow?: Overflow;
  /** The prompt that was refused first, and the one that was sent last. */
  readonly tokens: { readonly before: number; readonly after: number };
};

/** Told of each step at the moment it is done. Contract: must not throw; the engine guards against it all the same. */
export interface CompactObserver {
  start(run: RunStart): RunObserver;
  /** A refusal is over, one way or the other. Each of its attempts was a run, told before. */
  overflowSettled?(settled: OverflowSettled): void;
}
