import { GenAi } from '@clew/semconv';
import { createContextKey } from '@opentelemetry/api';
import type { Context, SpanContext, SpanOptions } from '@opentelemetry/api';

const key = createContextKey('clew.compacted-run');

/** A context in which the next model call knows the `compact.run` that made its prompt. */
export function withCompactedRun(context: Context, run: SpanContext): Context {
  return context.setValue(key, run);
}

/** The span of the compaction that made the prompt of the model call in this context, if one did. */
export function compactedRunOf(context: Context): SpanContext | undefined {
  const value = context.getValue(key);
  return isSpanContext(value) ? value : undefined;
}

/** What the span of that model call starts with: the mark of the conventions, and a link to the `compact.run`. */
export function compactedLink(context: Context): Required<Pick<SpanOptions, 'attributes' | 'links'>> {
  const run = compactedRunOf(context);
  if (run === undefined) return { attributes: {}, links: [] };
  return { attributes: { [GenAi.conversationCompacted]: true }, links: [{ context: run }] };
}

function isSpanContext(value: unknown): value is SpanContext {
  return typeof value === 'object' && value !== null && 'traceId' in value && 'spanId' in value;
}
