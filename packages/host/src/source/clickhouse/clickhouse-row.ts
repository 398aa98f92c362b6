import { z } from 'zod';
import { millisOf } from '../nanos.ts';
import type { SourceSpan } from '../trace-source.ts';

const Attributes = z.record(z.string(), z.unknown());

/** A span as the statements of read-sql.ts answer it. */
export const SpanRow = z.object({
  traceId: z.string(),
  id: z.string(),
  parentId: z.string(),
  name: z.string(),
  kind: z.string(),
  start: z.string(),
  duration: z.string(),
  status: z.string(),
  statusMessage: z.string(),
  service: z.string(),
  scope: z.string(),
  scopeVersion: z.string(),
  attrs: Attributes,
  eventTimes: z.array(z.string()),
  eventNames: z.array(z.string()),
  eventAttrs: z.array(Attributes),
  linkTraces: z.array(z.string()),
  linkSpans: z.array(z.string()),
});
export type SpanRow = z.infer<typeof SpanRow>;

export function toSourceSpan(row: SpanRow): SourceSpan {
  const kind = word(row.kind, 'SPAN_KIND_');
  const status = word(row.status, 'STATUS_CODE_');
  const start = BigInt(row.start);
  const links = row.linkTraces.map((traceId, at) => {
    const spanId = row.linkSpans[at] ?? '';
    return { traceId, spanId, id: spanId };
  });
  return {
    traceId: row.traceId,
    id: row.id,
    ...(row.parentId !== '' && { parentId: row.parentId }),
    name: row.name,
    ...(kind !== '' && kind !== 'unspecified' && { kind }),
    start: millisOf(start),
    end: millisOf(start + BigInt(row.duration)),
    ...((status === 'ok' || status === 'error') && { status }),
    ...(row.statusMessage !== '' && { statusMessage: row.statusMessage }),
    ...(row.service !== '' && { service: row.service }),
    attrs: {
      ...flat(row.attrs),
      ...(row.scope !== '' && { 'otel.scope.name': row.scope }),
      ...(row.scopeVersion !== '' && { 'otel.scope.version': row.scopeVersion }),
      ...(row.eventNames.length > 0 && {
        'otel.events': row.eventNames.map((name, at) => eventOf(row, name, at)),
      }),
    },
    ...(links.length > 0 && { links }),
    source: 'otlp',
  };
}

function eventOf(row: SpanRow, name: string, at: number): unknown {
  return { name, time: millisOf(BigInt(row.eventTimes[at] ?? '0')), attrs: flat(row.eventAttrs[at] ?? {}) };
}

/** Versions of the exporter wrote `Error` and `STATUS_CODE_ERROR`. */
function word(text: string, prefix: string): string {
  return (text.startsWith(prefix) ? text.slice(prefix.length) : text).toLowerCase();
}

/** A JSON column makes branches of dotted keys. */
function flat(tree: Readonly<Record<string, unknown>>, prefix = ''): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(tree).flatMap(([key, value]) => {
      const branch = Attributes.safeParse(value);
      return branch.success
        ? Object.entries(flat(branch.data, `${prefix}${key}.`))
        : [[`${prefix}${key}`, value]];
    }),
  );
}
