import { fold } from './model.ts';
import type { Session } from './session.ts';
import type { Span } from './span.ts';

/** For tests: the first session of the spans. */
export function sessionOf(spans: readonly Span[]): Session {
  const [session] = fold(spans).sessions;
  if (session === undefined) throw new Error('No session was folded.');
  return session;
}

/** For tests: the spans with other attributes on those runs that `change` returns something for. */
export function changeRuns(
  spans: readonly Span[],
  change: (callIndex: unknown) => Span['attrs'] | undefined,
): readonly Span[] {
  return spans.map((span) => {
    const changed = span.name === 'compact.run' ? change(span.attrs['compact.call_index']) : undefined;
    return changed === undefined ? span : { ...span, attrs: { ...span.attrs, ...changed } };
  });
}
