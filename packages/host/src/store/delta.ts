import { contextChange } from '../context-digest.ts';
import type { StoredTrace } from '../wire.ts';
import { type Digest, emptyDigest } from './digest.ts';
import type { SpanFacts } from './span-facts.ts';
import type { IncomingSpan } from './incoming.ts';

type Row = { readonly span: IncomingSpan; readonly facts: SpanFacts };

/** What a span adds to its trace's digest; where it was there before, only what has changed. */
export function spanDelta({ span, facts }: Row, before?: SpanFacts): Digest {
  const times = [span.start, span.end].filter((time) => time !== undefined);
  const name = span.name || span.kind;
  const context = contextChange(facts.context, before?.context);
  return {
    spans: before === undefined ? 1 : 0,
    errors: Number(facts.isError) - Number(before?.isError ?? false),
    compactions: Number(facts.isCompaction) - Number(before?.isCompaction ?? false),
    ...(times.length > 0 && { start: Math.min(...times), end: Math.max(...times) }),
    ...(span.end !== undefined && { ended: span.end }),
    ...(name && { title: { rank: span.parentId ? 2 : 1, at: span.start ?? Number.MAX_VALUE, text: name } }),
    services: span.service ? [span.service] : [],
    agents: [...facts.agents],
    models: [...facts.models],
    ...(context !== undefined && { context }),
  };
}

export function traceDelta({ name, start, end }: StoredTrace): Digest {
  const times = [start, end].filter((time) => time !== undefined);
  return {
    ...emptyDigest,
    ...(times.length > 0 && { start: Math.min(...times), end: Math.max(...times) }),
    ...(end !== undefined && { ended: end }),
    ...(name && { title: { rank: 0, at: start ?? 0, text: name } }),
  };
}
