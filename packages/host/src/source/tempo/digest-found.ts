import { millisOf } from '../nanos.ts';
import { digestTrace, type TraceDigest } from '../session-entries.ts';
import type { SourceSpan } from '../trace-source.ts';
import type { FoundTrace } from './tempo-client.ts';

/** What a list needs of a trace, from the spans that a search gave of it and from its own measures. */
export function digestFound(found: FoundTrace): TraceDigest {
  const traceId = traceIdOf(found);
  const spans = found.spanSets.flatMap((set) => set.spans.map((span) => toSpan(traceId, span)));
  const { sessions, entry } = digestTrace(traceId, spans);
  const { errorCount: _errors, compactionCount, ...told } = entry;
  const isWhole = found.spanSets.every((set) => set.matched <= set.spans.length);
  const stats = Object.values(found.serviceStats);
  const start = millisOf(BigInt(found.startTimeUnixNano));
  return {
    sessions,
    entry: {
      ...told,
      ...(found.rootTraceName !== '' && { name: found.rootTraceName }),
      start,
      // Its duration is in whole milliseconds; a span that it gave may say more exactly when it ended.
      end: Math.max(start + found.durationMs, told.end ?? 0),
      ...(stats.length > 0 && {
        spanCount: stats.reduce((sum, { spanCount }) => sum + spanCount, 0),
        errorCount: stats.reduce((sum, { errorCount }) => sum + errorCount, 0),
      }),
      ...(isWhole && compactionCount !== undefined && { compactionCount }),
      services: Object.keys(found.serviceStats).toSorted(),
    },
  };
}

/** It leaves out zeros at the beginning. */
export function traceIdOf({ traceID }: FoundTrace): string {
  return traceID.padStart(32, '0');
}

function toSpan(traceId: string, span: FoundTrace['spanSets'][number]['spans'][number]): SourceSpan {
  const start = BigInt(span.startTimeUnixNano);
  return {
    traceId,
    id: span.spanID.padStart(16, '0'),
    name: span.name,
    start: millisOf(start),
    end: millisOf(start + BigInt(span.durationNanos)),
    attrs: Object.fromEntries(span.attributes.map(({ key, value }) => [key, value.stringValue])),
    source: 'otlp',
  };
}
