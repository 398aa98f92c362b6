import type { Span, SpanData } from '@openai/agents-core';

/** A span of the Agents SDK, whatever it carries. */
export type SdkSpan = Span<SpanData>;

/** The id that the SDK gives to traces and spans that do not exist: tracing is off, or there is no trace. */
const noopId = 'no-op';

export function isNoop({ traceId, spanId }: { readonly traceId: string; readonly spanId?: string }): boolean {
  return traceId === noopId || spanId === noopId;
}

/** The span and what was current before it, innermost first: its ancestors, as far as this process knows them. */
export function lineageOf(span: SdkSpan | null): readonly SdkSpan[] {
  const lineage: SdkSpan[] = [];
  for (let current = span ?? undefined; current !== undefined; current = current.previousSpan) {
    lineage.push(current);
  }
  return lineage;
}
