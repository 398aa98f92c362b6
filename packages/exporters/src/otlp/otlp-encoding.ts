import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** Spans that share a resource and a scope. */
export type SpanGroup = { readonly group: Buffer; readonly spans: readonly Buffer[] };

/** One way to write OTLP down: each span once, when it ends, and a request out of what is bytes already. */
export interface OtlpEncoding {
  readonly contentType: string;
  /** What a group costs in a request besides its own bytes, at most. */
  readonly groupFrameBytes: number;
  /** The same for a span. */
  readonly entryBytes: number;
  span(span: ReadableSpan): Buffer;
  /** The resource and the scope of a span. */
  group(span: ReadableSpan): Buffer;
  request(groups: readonly SpanGroup[]): Buffer;
}
