import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { SinkStats } from './delivery/sink-stats.ts';

/**
 * Where finished spans go.
 *
 * Contract: `onStart` and `onEnd` return at once; no method throws or rejects. Each span that came is counted
 * until it was delivered or dropped: `emitted = delivered + dropped + pending`, at every moment.
 */
export interface SpanSink {
  readonly name: string;
  /** A sampled span started. */
  onStart?(span: ReadableSpan): void;
  /**
   * Whether `onStart` has any use for this span: what is no use to any sink need not be redacted at its start. It is
   * asked before that, so it must keep nothing of what it sees. Default: yes.
   */
  wantsStart?(span: ReadableSpan): boolean;
  /** A sampled span ended; it will not change any more. */
  onEnd(span: ReadableSpan): void;
  /** Resolves when what came before is settled, or when the signal aborts. */
  flush(signal: AbortSignal): Promise<void>;
  /** Flushes, and drops what is left when the signal aborts. What comes later is dropped. */
  shutdown(signal: AbortSignal): Promise<void>;
  stats(): SinkStats;
}
