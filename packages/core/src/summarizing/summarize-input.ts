import type { Engine } from '../engine.ts';
import type { Entry } from '../entry.ts';
import type { FactBook } from '../facts/fact-book.ts';
import type { RunObserver } from '../observer.ts';
import type { SummaryInfo } from '../result.ts';
import type { Weigher } from '../weigh.ts';

export type SummarizeInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly sessionId: string;
  readonly entries: readonly Entry<TItem>[];
  readonly previous: SummaryInfo | undefined;
  readonly maxTokens: number;
  /** What the engine writes beneath a summary, where it writes something. */
  readonly book: FactBook | undefined;
  readonly note: string | undefined;
  readonly weigher: Weigher;
  readonly observer: RunObserver;
  readonly signal: AbortSignal | undefined;
};
