import type { CompactObserver, OverflowSettled, RunObserver } from '../observer.ts';
import { withinTime } from '../until-aborted.ts';
import { foldMetrics } from './fold-metrics.ts';
import type { MetricsReport } from './fold-metrics.ts';
import { addMetrics, metricsOfOverflow, metricsOfRun, noMetrics } from './metrics-row.ts';
import type { Metrics, MetricsRow } from './metrics-row.ts';

/**
 * Keeps the lines of a metrics ledger. Contract: what was added is read again, whatever process added it; the order
 * does not matter.
 */
export interface MetricsStore {
  add(rows: readonly MetricsRow[], signal: AbortSignal): Promise<void>;
  read(signal: AbortSignal): AsyncIterable<MetricsRow>;
}

export type MetricsLedgerOptions = {
  readonly store: MetricsStore;
  /** What has come together is stored so often, in milliseconds. A crash loses at most that. Default 60,000. */
  readonly everyMillis?: number | undefined;
  /** Told of a store that failed. What it did not take is kept for the next time. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

const limitMillis = 10_000;
/** So many sessions in one interval are stored before their time. */
const maxOpen = 10_000;

/**
 * Adds up what the runs of each session came to, by day: how many and how they ended, tokens reclaimed, what the
 * summaries cost, fallbacks, and overflows. An observer; nobody waits for it.
 */
export class MetricsLedger implements CompactObserver {
  readonly #options: MetricsLedgerOptions;
  #open = new Map<string, MetricsRow>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #storing: Promise<void> = Promise.resolve();

  constructor(options: MetricsLedgerOptions) {
    this.#options = options;
  }

  start(): RunObserver {
    return {
      tell: () => {},
      within: async (work) => work(),
      end: (result, endedAt) => this.#add(result.sessionId, endedAt, metricsOfRun(result)),
    };
  }

  overflowSettled(settled: OverflowSettled): void {
    this.#add(settled.sessionId, settled.at, metricsOfOverflow(settled));
  }

  /** All that was ever stored, and what is still here, added up. */
  async report(signal: AbortSignal): Promise<MetricsReport> {
    await this.flush();
    return foldMetrics(this.#all(signal));
  }

  /** Stores what has come together; where that fails, it stays for the next time. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#storing = this.#storing.then(() => this.#store());
    return this.#storing;
  }

  async *#all(signal: AbortSignal): AsyncIterable<MetricsRow> {
    yield* this.#options.store.read(signal);
    yield* this.#open.values();
  }

  #add(sessionId: string, at: number, added: Metrics): void {
    const day = new Date(at).toISOString().slice(0, 10);
    this.#merge({ ...added, schema_version: 1, day, session_id: sessionId });
    if (this.#open.size > maxOpen) void this.flush();
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.flush(), this.#options.everyMillis ?? 60_000);
    // A process that has nothing else to do need not wait for it.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  #merge(row: MetricsRow): void {
    const key = `${row.day} ${row.session_id}`;
    this.#open.set(key, { ...row, ...addMetrics(this.#open.get(key) ?? noMetrics, row) });
  }

  async #store(): Promise<void> {
    const rows = this.#open;
    if (rows.size === 0) return;
    this.#open = new Map();
    try {
      const { store } = this.#options;
      await withinTime(limitMillis, undefined, async (signal) => store.add([...rows.values()], signal));
    } catch (error) {
      for (const row of rows.values()) this.#merge(row);
      try {
        this.#options.onError?.(error);
      } catch {
        // Who is told of trouble must not make more of it.
      }
    }
  }
}
