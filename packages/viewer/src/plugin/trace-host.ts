import type { Span, TraceInfo } from '@clew/trace-model';

/** A span by its ids; a span's own id is unique only within its trace. */
export type SpanRef = { readonly traceId: string; readonly id: string };

/** What is known, or what came to be known: in any order, and possibly once more. */
export type TraceFacts = { readonly spans: readonly Span[]; readonly traces: readonly TraceInfo[] };

/** Where spans come from. One feed is one set of spans: a host that forgets them hands out a new one. */
export interface TraceFeed {
  /** Calls `listener` at once with all that is known so far, then with whatever comes. Returns how to stop. */
  subscribe(listener: (facts: TraceFacts) => void): () => void;
}

/** All that a viewer has to do for its plugins. They fetch nothing and store nothing by themselves. */
export interface TraceHost {
  readonly feed: TraceFeed;
  /** The span that the reader has chosen, in the host or in a plugin. */
  readonly selection: SpanRef | undefined;
  select(span: SpanRef | undefined): void;
  /**
   * Told each time that a reader uncovers a text in a plugin, for an audit: the id of the compaction, and which of its
   * texts (`summary`, `preview/item-7`).
   */
  readonly onReveal?: ((id: string, field: string) => void) | undefined;
  /** Fetches a text that its record only refers to. Where it is absent, such texts cannot be shown. */
  readonly load?: ((ref: string, signal: AbortSignal) => Promise<string>) | undefined;
}
