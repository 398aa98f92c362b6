import { pageOf } from '../source/page-of.ts';
import { digestTrace, sessionEntries, sessionsOf } from '../source/session-entries.ts';
import type { SessionPage, SessionQuery } from '../source/session-query.ts';
import type { FollowQuery, SourcePage, SourceSpan, TraceSource } from '../source/trace-source.ts';

/** Keeps spans in memory. It is what the other sources are compared with, and serves tests of what reads one. */
export class MemorySource implements TraceSource {
  readonly name = 'memory';
  readonly capabilities = {
    follow: 'pushed',
    filters: ['text', 'service', 'agent', 'model', 'compacted', 'from', 'to'],
    counts: 'exact',
    attributes: 'typed',
    openSpans: true,
  } as const;
  readonly #traces = new Map<string, Map<string, SourceSpan>>();
  readonly #closed = new AbortController();
  readonly #arrivals = new EventTarget();
  #log: SourceSpan[] = [];

  /** Takes spans, each whole: one that comes again replaces what was known of it. */
  write(spans: readonly SourceSpan[]): void {
    for (const span of spans) {
      const trace = this.#traces.get(span.traceId) ?? new Map<string, SourceSpan>();
      this.#traces.set(span.traceId, trace.set(span.id, span));
    }
    this.#log = [...this.#log, ...spans];
    this.#arrivals.dispatchEvent(new Event('spans'));
  }

  async listSessions(query: SessionQuery, signal: AbortSignal): Promise<SessionPage> {
    signal.throwIfAborted();
    const digests = [...this.#traces].map(([id, trace]) => digestTrace(id, [...trace.values()]));
    return Promise.resolve(pageOf(sessionEntries(digests), query));
  }

  async *readSession(id: string, signal: AbortSignal): AsyncGenerator<SourcePage> {
    for (const traceId of this.#tracesOf(id)) {
      signal.throwIfAborted();
      yield await Promise.resolve({ spans: [...(this.#traces.get(traceId)?.values() ?? [])] });
    }
    signal.throwIfAborted();
  }

  async *follow({ session }: FollowQuery, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const either = AbortSignal.any([signal, this.#closed.signal]);
    let at = this.#log.length;
    for (;;) {
      either.throwIfAborted();
      const mine = session === undefined ? undefined : new Set(this.#tracesOf(session));
      const spans = this.#log.slice(at).filter((span) => mine === undefined || mine.has(span.traceId));
      at = this.#log.length;
      if (spans.length > 0) yield { spans };
      else await this.#arrival(either);
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    return Promise.resolve();
  }

  #tracesOf(id: string): readonly string[] {
    return [...this.#traces].flatMap(([traceId, trace]) =>
      sessionsOf(traceId, trace.values()).includes(id) ? [traceId] : [],
    );
  }

  #arrival(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => resolve();
      this.#arrivals.addEventListener('spans', done, { once: true });
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
