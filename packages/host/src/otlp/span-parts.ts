import { cutAttributes, cutText } from '../cut-texts.ts';
import type { IncomingSpan } from '../store/incoming.ts';

/** What both forms of OTLP say of a span, read but not judged. Times are epoch milliseconds. */
export type SpanParts = {
  /** Hex; nothing where it was no id. */
  readonly traceId: string | undefined;
  readonly id: string | undefined;
  readonly parentId: string | undefined;
  readonly name: string | undefined;
  readonly kind: number;
  readonly start: number | undefined;
  readonly end: number | undefined;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly events: readonly EventParts[];
  readonly links: readonly { readonly traceId: string | undefined; readonly spanId: string | undefined }[];
  readonly status: number;
  readonly statusMessage: string | undefined;
};

export type EventParts = {
  readonly name: string;
  readonly time: number | undefined;
  readonly attrs: Readonly<Record<string, unknown>>;
};

/** Whose span it is. */
export type Origin = {
  readonly service: string | undefined;
  readonly scopeName: string | undefined;
  readonly scopeVersion: string | undefined;
};

const kinds: readonly (string | undefined)[] = [
  undefined,
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];
const statuses = [undefined, 'ok', 'error'] as const;

/** The span in the store's shape, or why there is none. Texts of more than `maxText` UTF-16 units are cut. */
export function toSpan(parts: SpanParts, origin: Origin, maxText: number): IncomingSpan | string {
  const { traceId, id, parentId, name, start, end, statusMessage } = parts;
  if (traceId === undefined) return 'a trace id is not 16 bytes in hex, or is all zeros';
  if (id === undefined) return 'a span id is not 8 bytes in hex, or is all zeros';
  const kind = kinds[parts.kind];
  const status = statuses[parts.status];
  const links = parts.links.flatMap((link) =>
    link.traceId === undefined || link.spanId === undefined
      ? []
      : [{ traceId: link.traceId, spanId: link.spanId }],
  );
  return {
    type: 'span',
    traceId,
    id,
    ...(parentId !== undefined && { parentId }),
    ...(name && { name: cutText(name, maxText) }),
    ...(kind !== undefined && { kind }),
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(status !== undefined && { status }),
    ...(statusMessage && { statusMessage: cutText(statusMessage, maxText) }),
    ...(origin.service !== undefined && { service: origin.service }),
    attrs: cutAttributes(withScopeAndEvents(parts, origin), maxText),
    ...(links.length > 0 && { links }),
    source: 'otlp',
  };
}

/**
 * The scope's name and version have the keys that OpenTelemetry names for formats without scopes. Span events have no
 * field of their own in the store; dropping them would lose recorded exceptions.
 */
function withScopeAndEvents(
  { attrs, events }: SpanParts,
  { scopeName, scopeVersion }: Origin,
): Readonly<Record<string, unknown>> {
  return {
    ...attrs,
    ...(scopeName && { 'otel.scope.name': scopeName }),
    ...(scopeVersion && { 'otel.scope.version': scopeVersion }),
    ...(events.length > 0 && { 'otel.events': events }),
  };
}
