import type { Call, Cut, Model, Session } from '@clew/trace-model';
import type { SpanRef } from '../plugin/trace-host.ts';

/** What a span is about: its session, and the call and the cut that it belongs to, where it belongs to one. */
export type SpanPlace = { readonly session: Session; readonly call?: Call; readonly cut?: Cut };

/** Where in the model a span is, or `undefined` for one that is not in it. */
export function placeOf(model: Model, ref: SpanRef): SpanPlace | undefined {
  for (const session of model.sessions) {
    if (!session.traceIds.includes(ref.traceId)) continue;
    const runs = runsBySpan(session);
    const key = `${ref.traceId}/${ref.id}`;
    if (!runs.has(key)) continue;
    const run = runs.get(key);
    const call = session.calls.find(({ id }) => id === run);
    const cut = session.cuts.find(({ id }) => id === run);
    return { session, ...(call && { call }), ...(cut && { cut }) };
  }
  return undefined;
}

/** The span that stands for a run: its own, or while that has not come, the first of its steps. */
export function spanOfRun(session: Session, runId: string): SpanRef | undefined {
  const run = session.runs.find(({ id }) => id === runId);
  if (run?.spanId !== undefined) return { traceId: run.traceId, id: run.spanId };
  for (const [key, id] of runsBySpan(session)) {
    if (id === runId)
      return { traceId: key.slice(0, key.lastIndexOf('/')), id: key.slice(key.lastIndexOf('/') + 1) };
  }
  return undefined;
}

const known = new WeakMap<Session, ReadonlyMap<string, string | undefined>>();

/** For each span of a session, by its ids, the run that it is a step of or that prepared it. */
function runsBySpan(session: Session): ReadonlyMap<string, string | undefined> {
  const earlier = known.get(session);
  if (earlier !== undefined) return earlier;
  const prepared = new Map(session.calls.map(({ id, usage }) => [usage?.spanId, id]));
  const runs = new Map(
    session.spans.map((span) => [
      `${span.traceId}/${span.id}`,
      span.name.startsWith('compact.') ? runIdOf(span.attrs) : prepared.get(span.id),
    ]),
  );
  known.set(session, runs);
  return runs;
}

/** The run that a step names, in flat attributes, in nested ones, or in Ariadne data. */
function runIdOf(attrs: Readonly<Record<string, unknown>>): string | undefined {
  const { compact } = attrs;
  const nested = typeof compact === 'object' && compact !== null && 'id' in compact ? compact.id : undefined;
  const id = attrs['compact.id'] ?? nested ?? attrs['id'];
  return typeof id === 'string' ? id : undefined;
}
