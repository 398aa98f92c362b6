import { SessionIndex } from './session-index.ts';
import { assembleSession, type Session } from './session.ts';
import type { Span, TraceInfo } from './span.ts';

/** Everything known, folded. `sessions` come with the newest activity first. */
export type Model = {
  readonly sessions: readonly Session[];
  /** What the fold remembers to go on from; not for reading. */
  readonly memory: Memory;
};

/** The index goes on with the newest model; an older one knows how much of it was there. */
type Memory = { readonly index: SessionIndex; readonly length: number };

export function createModel(): Model {
  return { sessions: [], memory: { index: new SessionIndex(), length: 0 } };
}

/**
 * Adds spans, and what is known of whole traces, to a model. The result depends only on what was ever added:
 * not on the order, and not on how often. Sessions that did not change stay the same objects, and cost nothing but
 * their place in the list. Going on from the newest model is fast; from an older one, all of it is placed again.
 */
export function fold(
  spans: readonly Span[],
  previous: Model = createModel(),
  traces: readonly TraceInfo[] = [],
): Model {
  const index = previous.memory.index.at(previous.memory.length);
  const touched = index.add(spans, traces);
  if (index.length === previous.memory.length) return previous;
  const assembled = [...touched].flatMap((id) => {
    const parts = index.partsOf(id);
    return parts === undefined ? [] : [assembleSession(id, parts)];
  });
  const others = previous.sessions.filter((session) => !touched.has(session.id));
  return {
    // All but a few are in order already, which sorting takes for what it is.
    sessions: [...others, ...assembled].toSorted(newestFirst),
    memory: { index, length: index.length },
  };
}

function newestFirst(a: Session, b: Session): number {
  return (b.end ?? -Infinity) - (a.end ?? -Infinity) || (a.id < b.id ? -1 : 1);
}
