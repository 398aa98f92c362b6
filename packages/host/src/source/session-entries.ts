import { GenAi } from '@clew/semconv';
import { isCompaction } from '../store/is-compaction.ts';
import { sessionId } from '../store/session-id.ts';
import type { StoredTrace } from '../wire.ts';
import type { SessionEntry } from './session-query.ts';
import type { SourceSpan } from './trace-source.ts';

type TraceParts = { readonly spans: SourceSpan[]; info: StoredTrace | undefined };

/** The sessions that traces belong to, newest activity first. For spans that come whole, trace by trace. */
export function sessionEntries(
  spans: readonly SourceSpan[],
  traces: readonly StoredTrace[] = [],
): readonly SessionEntry[] {
  const bySession = new Map<string, TraceParts[]>();
  for (const [traceId, parts] of byTrace(spans, traces)) {
    for (const id of sessionsOf(traceId, parts.spans)) {
      const known = bySession.get(id);
      if (known === undefined) bySession.set(id, [parts]);
      else known.push(parts);
    }
  }
  return [...bySession].map(([id, parts]) => entryOf(id, parts)).toSorted(newestFirst);
}

/** The sessions that spans of one trace name; the trace's own id where they name none. */
export function sessionsOf(traceId: string, spans: Iterable<SourceSpan>): readonly string[] {
  const named = new Set<string>();
  for (const span of spans) {
    const id = sessionId(span.name, span.attrs);
    if (id !== undefined) named.add(id);
  }
  return named.size === 0 ? [traceId] : [...named];
}

/** By last activity, then by id, so that pages neither overlap nor leave anything out. */
export function newestFirst(
  a: Pick<SessionEntry, 'id' | 'end'>,
  b: Pick<SessionEntry, 'id' | 'end'>,
): number {
  return (b.end ?? 0) - (a.end ?? 0) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

function byTrace(
  spans: readonly SourceSpan[],
  traces: readonly StoredTrace[],
): ReadonlyMap<string, TraceParts> {
  const parts = new Map<string, TraceParts>();
  const of = (traceId: string): TraceParts => {
    const found = parts.get(traceId) ?? { spans: [], info: undefined };
    parts.set(traceId, found);
    return found;
  };
  for (const span of spans) of(span.traceId).spans.push(span);
  for (const trace of traces) of(trace.traceId).info = trace;
  return parts;
}

function entryOf(id: string, parts: readonly TraceParts[]): SessionEntry {
  const spans = parts.flatMap((part) => part.spans);
  const infos = parts.flatMap((part) => part.info ?? []);
  const times = [...spans, ...infos].flatMap(({ start, end }) => [start ?? [], end ?? []].flat());
  const first = times.reduce<number | undefined>((least, time) => Math.min(least ?? time, time), undefined);
  const last = times.reduce<number | undefined>((most, time) => Math.max(most ?? time, time), undefined);
  const name = infos.find((info) => info.name)?.name ?? firstRoot(spans)?.name;
  return {
    id,
    ...(name !== undefined && { name }),
    ...(first !== undefined && { start: first }),
    ...(last !== undefined && { end: last }),
    spanCount: new Set(spans.map((span) => `${span.traceId}/${span.id}`)).size,
    errorCount: spans.filter((span) => span.status === 'error').length,
    compactionCount: spans.filter((span) => isCompaction(span.name, span.attrs)).length,
    services: distinct(spans.map((span) => span.service)),
    agents: distinct(spans.flatMap((span) => texts(span, [GenAi.agentName, 'compact.agent'], 'agent'))),
    models: distinct(
      spans.flatMap((span) =>
        texts(span, [GenAi.requestModel, GenAi.responseModel, 'compact.model'], 'model'),
      ),
    ),
  };
}

/** What a span says under any of the keys, or under the plain key of a record in Ariadne's form. */
function texts(span: SourceSpan, keys: readonly string[], plain: string): readonly string[] {
  const all = span.name === 'compact.run' ? [...keys, plain] : keys;
  return all.flatMap((key) => {
    const value = span.attrs[key];
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
}

function firstRoot(spans: readonly SourceSpan[]): SourceSpan | undefined {
  const roots = spans.filter((span) => span.parentId === undefined);
  return (roots.length > 0 ? roots : spans).toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))[0];
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))].toSorted();
}
