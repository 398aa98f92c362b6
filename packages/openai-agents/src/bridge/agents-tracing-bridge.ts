import { getCurrentSpan, getCurrentTrace } from '@openai/agents-core';
import type { Trace, TracingProcessor } from '@openai/agents-core';
import { context } from '@opentelemetry/api';
import type { Context, SpanContext } from '@opentelemetry/api';
import type { AgentsTracingBridgeOptions } from './bridge-options.ts';
import { CompactionSpans } from './compaction-spans.ts';
import { OpenTrace } from './open-trace.ts';
import { reporter } from '../safely.ts';
import { isNoop, lineageOf } from '../sdk-span.ts';
import { isMirrored } from './mirrored-spans.ts';
import type { SdkSpan } from '../sdk-span.ts';

const capacity = 1000;

/**
 * Turns the SDK's traces into OTel spans, as they happen.
 *
 * Register it with {@link installBridge}. It never throws into the run. Of a trace whose run threw, or was resumed from
 * its state in memory, the SDK never says that it is over: its root ends, with the time of its last span, a grace period
 * after its outermost span, or at `forceFlush` or `shutdown`.
 */
export class AgentsTracingBridge implements TracingProcessor {
  readonly #options: AgentsTracingBridgeOptions;
  readonly #report: (error: unknown) => void;
  readonly #traces = new Map<string, OpenTrace>();
  readonly #compactions = new CompactionSpans();
  /** True while OTel works for us: what it asks of the context then must not come back here. */
  #busy = false;

  constructor(options: AgentsTracingBridgeOptions) {
    this.#options = options;
    this.#report = reporter(options.onError, 'The bridge of agent traces failed');
  }

  /** For `createTracingObserver({ onRunSpan })`: lets the model call after a compaction link to it. */
  readonly onRunSpan = (runId: string, span: SpanContext): void => {
    this.#compactions.note(runId, span);
  };

  /** For `createTracingObserver({ conversationId })`: the group of the SDK's current trace, else what was noted of it. */
  readonly conversationId = (): string | undefined => {
    const trace = getCurrentTrace();
    return trace?.groupId ?? (trace === null ? undefined : this.#traces.get(trace.traceId)?.conversation);
  };

  /** The conversation that the SDK's current trace belongs to, where it has no group that says so. */
  noteConversation(id: string): void {
    this.#guarded(() => {
      const trace = getCurrentTrace();
      if (trace !== null && !isNoop(trace)) this.#traces.get(trace.traceId)?.noteConversation(id);
    });
  }

  /** The `compact.run` span of a run, while it is among the latest. */
  compactionSpan(runId: string): SpanContext | undefined {
    return this.#compactions.get(runId);
  }

  /**
   * The model's call below the SDK's current span links to this compaction. For a filter, whose context ends before the
   * model is called.
   */
  noteCompaction(run: SpanContext): void {
    this.#guarded(() => {
      const span = getCurrentSpan();
      if (span !== null && !isNoop(span)) this.#traceOf(span).noteCompaction(span.spanId, run);
    });
  }

  /**
   * `base` with the OTel span of an SDK span as the active one; `base` itself where there is no such span.
   *
   * @param span the SDK's current span, or its current trace where there is none.
   * @param base the active context.
   */
  contextOf(span: SdkSpan | null = getCurrentSpan(), base?: Context): Context {
    if (this.#busy) return base ?? context.active();
    const from = base ?? context.active();
    return this.#guarded(() => this.#locate(span, from)) ?? from;
  }

  async onTraceStart(trace: Trace): Promise<void> {
    this.#guarded(() => {
      if (!isNoop(trace)) this.#open(trace, this.#now()).announce();
    });
  }

  async onSpanStart(span: SdkSpan): Promise<void> {
    this.#guarded(() => {
      if (!isNoop(span) && !isMirrored(span)) this.#traceOf(span).start(span);
    });
  }

  async onSpanEnd(span: SdkSpan): Promise<void> {
    this.#guarded(() => {
      if (isNoop(span) || isMirrored(span)) return;
      const trace = this.#traceOf(span);
      trace.end(span);
      if (trace.abandoned) this.#closeLater(trace);
    });
  }

  async onTraceEnd(trace: Trace): Promise<void> {
    this.#guarded(() => {
      this.#traces.get(trace.traceId)?.close(this.#now());
      this.#traces.delete(trace.traceId);
    });
  }

  async forceFlush(): Promise<void> {
    this.#guarded(() => {
      for (const trace of this.#traces.values()) if (trace.abandoned) trace.close();
    });
  }

  async shutdown(): Promise<void> {
    this.#guarded(() => {
      for (const trace of this.#traces.values()) trace.close();
      this.#traces.clear();
    });
  }

  #locate(span: SdkSpan | null, base: Context): Context {
    // The SDK makes a span current just before it starts it.
    const started = lineageOf(span).find((candidate) => candidate.startedAt !== null);
    if (started !== undefined)
      return isNoop(started) ? base : this.#traceOf(started).contextOf(started, base);
    const trace = getCurrentTrace();
    return (trace === null ? undefined : this.#traces.get(trace.traceId)?.contextOf(undefined, base)) ?? base;
  }

  /** The trace of a span; opened where its start was kept from us. */
  #traceOf({ traceId, startedAt, traceMetadata: metadata }: SdkSpan): OpenTrace {
    const known = this.#traces.get(traceId);
    if (known !== undefined) return known;
    const current = getCurrentTrace();
    const facts = current?.traceId === traceId ? current : { traceId, name: 'Agent workflow', metadata };
    return this.#open(facts, startedAt === null ? this.#now() : Date.parse(startedAt));
  }

  #open(facts: ConstructorParameters<typeof OpenTrace>[0], startedAt: number): OpenTrace {
    const known = this.#traces.get(facts.traceId);
    if (known?.closed === false) return known;
    const opened = new OpenTrace(facts, this.#options, startedAt);
    this.#traces.delete(facts.traceId);
    this.#traces.set(facts.traceId, opened);
    this.#makeRoom();
    return opened;
  }

  /** Traces that nobody ends must not pile up. */
  #makeRoom(): void {
    for (const [traceId, oldest] of this.#traces) {
      if (this.#traces.size <= capacity) return;
      oldest.close();
      this.#traces.delete(traceId);
    }
  }

  #closeLater(trace: OpenTrace): void {
    const timer = setTimeout(() => {
      this.#guarded(() => {
        if (trace.abandoned) trace.close();
      });
    }, this.#options.graceMillis ?? 1000);
    timer.unref();
  }

  #guarded<TResult>(work: () => TResult): TResult | undefined {
    const outer = this.#busy;
    this.#busy = true;
    try {
      return work();
    } catch (error) {
      this.#report(error);
      return undefined;
    } finally {
      this.#busy = outer;
    }
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}
