import { createRedactor } from '@clew/redaction';
import type { Redactor } from '@clew/redaction';
import { diag, TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { SinkStats } from './delivery/sink-stats.ts';
import { redactedSpan } from './redacted-span.ts';
import type { SpanSink } from './span-sink.ts';

export type ClewSpanProcessorOptions = {
  readonly sinks: readonly SpanSink[];
  /** Takes the secrets out of every span before any sink sees it. Default: the built-in rules. */
  readonly redactor?: Redactor;
  /** How long `forceFlush` and `shutdown` may take. Default 3,000. */
  readonly deadlineMillis?: number;
};

/**
 * Hands each finished span to every sink. It throws nothing into the host, and a sink that fails takes nothing
 * from the others. `forceFlush` and `shutdown` resolve at their deadline at the latest; `stats()` tells what
 * arrived.
 */
export class ClewSpanProcessor implements SpanProcessor {
  readonly #sinks: readonly SpanSink[];
  readonly #redactor: Redactor;
  readonly #deadlineMillis: number;
  readonly #broken = new Set<string>();

  constructor({ sinks, redactor = createRedactor(), deadlineMillis = 3000 }: ClewSpanProcessorOptions) {
    this.#sinks = sinks;
    this.#redactor = redactor;
    this.#deadlineMillis = deadlineMillis;
  }

  onStart(span: Span): void {
    const told = this.#sinks.filter((sink) => this.#wantsStart(sink, span));
    if (told.length > 0) {
      this.#tell(span, told, (sink, redacted) => sink.onStart?.(redacted));
    }
  }

  onEnd(span: ReadableSpan): void {
    this.#tell(span, this.#sinks, (sink, redacted) => sink.onEnd(redacted));
  }

  async forceFlush(): Promise<void> {
    await this.#byDeadline((sink, signal) => sink.flush(signal));
  }

  async shutdown(): Promise<void> {
    await this.#byDeadline((sink, signal) => sink.shutdown(signal));
  }

  stats(): readonly SinkStats[] {
    return this.#sinks.map((sink) => sink.stats());
  }

  #wantsStart(sink: SpanSink, span: ReadableSpan): boolean {
    try {
      return sink.onStart !== undefined && sink.wantsStart?.(span) !== false;
    } catch (error) {
      this.#report(sink.name, error);
      return false;
    }
  }

  #tell(
    span: ReadableSpan,
    sinks: readonly SpanSink[],
    tell: (sink: SpanSink, span: ReadableSpan) => void,
  ): void {
    try {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) {
        return;
      }
      const redacted = redactedSpan(span, this.#redactor);
      for (const sink of sinks) {
        this.#guarded(sink.name, () => tell(sink, redacted));
      }
    } catch (error) {
      this.#report('processor', error);
    }
  }

  #guarded(name: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#report(name, error);
    }
  }

  async #byDeadline(work: (sink: SpanSink, signal: AbortSignal) => Promise<void>): Promise<void> {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), this.#deadlineMillis);
    await Promise.all(
      this.#sinks.map(async (sink) => {
        try {
          await work(sink, deadline.signal);
        } catch (error) {
          this.#report(sink.name, error);
        }
      }),
    );
    clearTimeout(timer);
  }

  /** Once for each sink: one that is broken is broken for every span. */
  #report(name: string, error: unknown): void {
    if (!this.#broken.has(name)) {
      this.#broken.add(name);
      diag.error(`[Clew] ${name} failed inside; further failures of it are not told.`, error);
    }
  }
}
