import type { Span } from './span.ts';

/** Everything received of one span: each distinct version once, and what they say together. */
export type SpanVersions = { readonly versions: readonly Span[]; readonly span: Span };

/**
 * Adds a version. The result depends on which versions were seen, not on their order or number:
 * a span may come when it starts and again when it ends, and a reconnect may send it once more.
 */
export function addVersion(known: SpanVersions | undefined, span: Span): SpanVersions {
  if (known === undefined) return { versions: [span], span };
  if (known.versions.some((version) => version === span || canonical(version) === canonical(span)))
    return known;
  const versions = withoutOutdated([...known.versions, span].toSorted(byCompleteness));
  if (!versions.includes(span)) return known;
  return { versions, span: merge(versions) };
}

/** Of versions that their sender numbered only the newest counts: it repeats what the others said. */
function withoutOutdated(versions: readonly Span[]): readonly Span[] {
  const newest = versions.findLast((version) => version.revision !== undefined);
  return versions.filter((version) => version === newest || version.revision === undefined);
}

/** Later in the list means more complete; the end of a span says more than its start. */
function merge(versions: readonly Span[]): Span {
  const merged: Span = Object.assign({}, ...versions.map(defined));
  const withAttrs = versions.findLast((version) => Object.keys(version.attrs).length > 0);
  const starts = versions.flatMap((version) => version.start ?? []);
  return {
    ...merged,
    attrs: withAttrs?.attrs ?? merged.attrs,
    ...(starts.length > 0 && { start: starts.reduce((a, b) => Math.min(a, b)) }),
    ...(versions.some((version) => version.status === 'error') && { status: 'error' as const }),
  };
}

function defined(span: Span): Partial<Span> {
  return Object.fromEntries(Object.entries(span).filter(([, value]) => value !== undefined));
}

function byCompleteness(a: Span, b: Span): number {
  return (
    (a.revision ?? -1) - (b.revision ?? -1) ||
    (a.end ?? -Infinity) - (b.end ?? -Infinity) ||
    compareText(canonical(a), canonical(b))
  );
}

/** The same text for the same content, whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => compareText(a, b)))
      : inner,
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
