import { addContexts } from '../context-digest.ts';
import { sessionId } from '../store/session-id.ts';
import { spanFacts } from '../store/span-facts.ts';
import type { StoredTrace } from '../wire.ts';
import type { SessionEntry } from './session-query.ts';
import type { SourceSpan } from './trace-source.ts';

/** What a list needs of one trace: the sessions that it names, and what it adds to each. */
export type TraceDigest = {
  readonly sessions: readonly string[];
  readonly entry: Omit<SessionEntry, 'id'>;
};

/** A trace from its spans, whole. */
export function digestTrace(traceId: string, spans: readonly SourceSpan[], info?: StoredTrace): TraceDigest {
  const times = [...spans, ...(info === undefined ? [] : [info])].flatMap(({ start, end }) => [
    ...(start === undefined ? [] : [start]),
    ...(end === undefined ? [] : [end]),
  ]);
  const all = spans.map((span) => ({ id: span.id, ...spanFacts(span) }));
  // A span that is there twice counts as it stands last.
  const latest = [...new Map(all.map((facts) => [facts.id, facts])).values()];
  const context = latest.map((facts) => facts.context).reduce(addContexts, undefined);
  const name = info?.name ?? firstRoot(spans)?.name;
  return {
    sessions: sessionsOf(traceId, spans),
    entry: {
      ...(name !== undefined && { name }),
      ...(times.length > 0 && { start: least(times), end: most(times) }),
      spanCount: latest.length,
      errorCount: latest.filter(({ isError }) => isError).length,
      compactionCount: latest.filter((facts) => facts.isCompaction).length,
      services: distinct(spans.flatMap((span) => span.service ?? [])),
      agents: distinct(all.flatMap(({ agents }) => agents)),
      models: distinct(all.flatMap(({ models }) => models)),
      ...(context !== undefined && { context }),
    },
  };
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

/** The sessions that traces belong to, newest activity first. */
export function sessionEntries(traces: Iterable<TraceDigest>): readonly SessionEntry[] {
  const entries = new Map<string, SessionEntry>();
  for (const { sessions, entry } of traces)
    for (const id of sessions) {
      const known = entries.get(id);
      entries.set(id, known === undefined ? { id, ...entry } : merge(known, entry));
    }
  return [...entries.values()].toSorted(newestFirst);
}

/** By last activity, then by id, so that pages neither overlap nor leave anything out. */
export function newestFirst(
  a: Pick<SessionEntry, 'id' | 'end'>,
  b: Pick<SessionEntry, 'id' | 'end'>,
): number {
  return (b.end ?? 0) - (a.end ?? 0) || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** The name is that of the earliest trace; what one of the two does not tell stays untold. */
function merge(a: SessionEntry, b: Omit<SessionEntry, 'id'>): SessionEntry {
  const isLater = (a.start ?? Infinity) > (b.start ?? Infinity);
  const context = addContexts(a.context, b.context);
  return {
    ...(isLater ? { ...a, ...b } : { ...b, ...a }),
    ...bound('start', Math.min, a, b),
    ...bound('end', Math.max, a, b),
    ...sum('spanCount', a, b),
    ...sum('errorCount', a, b),
    ...sum('compactionCount', a, b),
    services: distinct([...a.services, ...b.services]),
    agents: distinct([...a.agents, ...b.agents]),
    models: distinct([...a.models, ...b.models]),
    ...(context !== undefined && { context }),
  };
}

type Part = Omit<SessionEntry, 'id'>;

function bound(
  field: 'start' | 'end',
  choose: (a: number, b: number) => number,
  { [field]: a }: Part,
  { [field]: b }: Part,
): Part | object {
  const value = a === undefined || b === undefined ? (a ?? b) : choose(a, b);
  return value === undefined ? {} : { [field]: value };
}

function sum(
  field: 'spanCount' | 'errorCount' | 'compactionCount',
  { [field]: a }: Part,
  { [field]: b }: Part,
): object {
  return a === undefined || b === undefined ? {} : { [field]: a + b };
}

function firstRoot(spans: readonly SourceSpan[]): SourceSpan | undefined {
  const roots = spans.filter((span) => span.parentId === undefined);
  return (roots.length > 0 ? roots : spans).toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0))[0];
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].toSorted();
}

function least(times: readonly number[]): number {
  return times.reduce((a, b) => Math.min(a, b));
}

function most(times: readonly number[]): number {
  return times.reduce((a, b) => Math.max(a, b));
}
