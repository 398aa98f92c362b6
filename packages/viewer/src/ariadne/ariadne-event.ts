import type { Span, SpanLink, TraceInfo } from '@clew/trace-model';
import type { TraceFacts } from '../plugin/trace-host.ts';

/** A span as Ariadne's web UI holds it. Structural: nothing of Ariadne is imported. */
export type AriadneSpan = {
  readonly type: 'span';
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_id?: string | undefined;
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly started_at?: string | undefined;
  readonly ended_at?: string | undefined;
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly status?: 'ok' | 'error' | undefined;
};

export type AriadneTrace = {
  readonly type: 'trace';
  readonly trace_id: string;
  readonly name?: string | undefined;
  readonly group_id?: string | undefined;
  readonly started_at?: string | undefined;
  readonly ended_at?: string | undefined;
};

export type AriadneEvent = AriadneSpan | AriadneTrace;

/** Ariadne's events as a plugin reads them. */
export function factsOf(events: readonly AriadneEvent[]): TraceFacts {
  return {
    spans: events.flatMap((event) => (event.type === 'span' ? [spanOf(event)] : [])),
    traces: events.flatMap((event) => (event.type === 'trace' ? [traceOf(event)] : [])),
  };
}

function spanOf({
  trace_id,
  span_id,
  parent_id,
  kind,
  name = '',
  data = {},
  status,
  ...times
}: AriadneSpan): Span {
  const links = linksOf(data['links']);
  return {
    traceId: trace_id,
    id: span_id,
    name,
    attrs: { ...data },
    ...timesOf(times),
    ...(parent_id !== undefined && { parentId: parent_id }),
    ...(kind !== undefined && { kind }),
    ...(status !== undefined && { status }),
    ...(links.length > 0 && { links }),
  };
}

function traceOf({ trace_id, name, group_id, ...times }: AriadneTrace): TraceInfo {
  return {
    traceId: trace_id,
    ...timesOf(times),
    ...(name !== undefined && { name }),
    ...(group_id !== undefined && { groupId: group_id }),
  };
}

function timesOf({
  started_at,
  ended_at,
}: Pick<AriadneSpan, 'started_at' | 'ended_at'>): Pick<Span, 'start' | 'end'> {
  const start = Date.parse(started_at ?? '');
  const end = Date.parse(ended_at ?? '');
  return { ...(!Number.isNaN(start) && { start }), ...(!Number.isNaN(end) && { end }) };
}

/** Ariadne has no links of its own; Clew's exporter puts them into the data. */
function linksOf(links: unknown): SpanLink[] {
  if (!Array.isArray(links)) return [];
  return links.flatMap((link: unknown) => {
    if (typeof link !== 'object' || link === null || !('trace_id' in link) || !('span_id' in link)) return [];
    const { trace_id, span_id } = link;
    return typeof trace_id === 'string' && typeof span_id === 'string'
      ? [{ traceId: trace_id, id: span_id }]
      : [];
  });
}
