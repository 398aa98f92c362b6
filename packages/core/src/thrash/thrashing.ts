/** Why compacting again would not help. */
export const thrashSignals = ['frequent', 'quick_refill', 'small_reclaim', 'floor'] as const;
export type ThrashSignal = (typeof thrashSignals)[number];

export type Thrash = {
  readonly signals: readonly ThrashSignal[];
  /** The compactions that are meant, … */
  readonly compactions: number;
  /** … in so many calls, this one included. */
  readonly calls: number;
};

/** `closed`: compact as usual. `open`: only where the budget is exceeded, and without a model. `half_open`: try once. */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** The same for whoever reads a result. */
export type Thrashing = Thrash & {
  readonly breaker: BreakerState;
  /** The first call at which a compaction is tried again. */
  readonly retryAtCall: number;
};
