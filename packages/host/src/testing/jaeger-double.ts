import type { IncomingMessage } from 'node:http';
import {
  OtlpInbox,
  readBody,
  textAt,
  toResourceSpans,
  type Attribute,
  type InboxSpan,
  type Received,
} from './otlp-inbox.ts';
import { serve, type Answer, type Served } from './serve.ts';

export type JaegerDoubleOptions = {
  /** Whether it searches by attributes, as servers do from 2.19 on; earlier ones take no notice of them. */
  readonly hasAttributeSearch: boolean;
};

/**
 * A double of Jaeger's query service, API version 3, and of its OTLP receiver, on one port. It answers what the real
 * one (1.76, in memory) was seen to answer, and is stricter: it refuses parameters that no version has, and a search
 * without a service, which some of its stores cannot do.
 */
export async function startJaegerDouble({ hasAttributeSearch }: JaegerDoubleOptions): Promise<Served> {
  const inbox = new OtlpInbox();
  return serve(async (request: IncomingMessage, url: URL) => {
    if (request.method === 'POST' && url.pathname === '/v1/traces') {
      inbox.receive(await readBody(request));
      return { status: 200, body: { partialSuccess: {} } };
    }
    if (url.pathname === '/api/v3/services') return { status: 200, body: services(inbox) };
    if (url.pathname === '/api/v3/traces') return find(inbox, url.searchParams, hasAttributeSearch);
    const [, traceId] = /^\/api\/v3\/traces\/([^/]+)$/.exec(url.pathname) ?? [];
    if (traceId === undefined)
      return { status: 404, body: '404 page not found\n', contentType: 'text/plain' };
    if (!/^[0-9a-f]{1,32}$/.test(traceId)) return failure(400, 'malformed parameter trace_id');
    return tracesOf([inbox.traces.get(traceId) ?? []]);
  });
}

/** An empty list is left out, as protobuf's mapping does. */
function services({ traces }: OtlpInbox): unknown {
  const names = [...new Set([...traces.values()].flatMap((trace) => trace.map(({ service }) => service)))];
  return names.length === 0 ? {} : { services: names };
}

const names = [
  'service_name',
  'operation_name',
  'start_time_min',
  'start_time_max',
  'duration_min',
  'duration_max',
  'raw_traces',
];
const known = new Set([
  ...names.flatMap((name) => [`query.${name}`, `query.${camel(name)}`]),
  'query.num_traces',
  'query.searchDepth',
  'query.attributes',
  'query.filter',
]);

function find(inbox: OtlpInbox, parameters: URLSearchParams, hasAttributeSearch: boolean): Answer {
  const unknown = [...parameters.keys()].find((key) => !known.has(key));
  if (unknown !== undefined) return failure(400, `unknown parameter ${unknown}`);
  const get = (name: string): string =>
    parameters.get(`query.${name}`) ?? parameters.get(`query.${camel(name)}`) ?? '';
  const times = [get('start_time_min'), get('start_time_max')];
  if (times.includes('')) return failure(400, 'query.start_time_min and query.start_time_max are required');
  const [from = NaN, to = NaN] = times.map((time) =>
    /^\d{4}-\d\d-\d\dT.*Z$/.test(time) ? Date.parse(time) : NaN,
  );
  if (!(from < to)) return failure(400, 'malformed parameter query.start_time_min');
  if (get('service_name') === '') return failure(400, 'query.service_name is required here');
  const depth = Number(parameters.get('query.num_traces') ?? parameters.get('query.searchDepth'));
  if (!(depth > 0)) return failure(500, 'search depth must be greater than 0 and less than max traces');
  const wanted = Object.entries(
    hasAttributeSearch ? readAttributes(parameters.get('query.attributes') ?? '{}') : {},
  );
  const matching = [...inbox.traces.values()]
    .toReversed()
    .filter((trace) =>
      trace.some(
        ({ span, service, resource }) =>
          service === get('service_name') &&
          Number(span.startTimeUnixNano) / 1e6 >= from &&
          Number(span.startTimeUnixNano) / 1e6 <= to &&
          wanted.every(([key, value]) => textAt([...span.attributes, ...resource], key) === value),
      ),
    );
  return tracesOf(matching.slice(0, depth));
}

function readAttributes(json: string): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed !== 'object' || parsed === null) throw new Error('attributes are not an object');
  return Object.fromEntries(Object.entries(parsed));
}

/** All traces flattened into one answer. */
function tracesOf(traces: readonly (readonly Received[])[]): Answer {
  if (traces.flat().length === 0) return failure(404, 'No traces found');
  return { status: 200, body: { result: { resourceSpans: toResourceSpans(traces.flat(), asStored) } } };
}

/** Its own model of a span has only scalars: lists become JSON text. */
function asStored(span: InboxSpan): unknown {
  return { ...span, attributes: span.attributes.map(scalar) };
}

function scalar({ key, value }: Attribute): Attribute {
  const list = value['arrayValue'];
  if (typeof list !== 'object' || list === null || !('values' in list) || !Array.isArray(list.values))
    return { key, value };
  const plain = list.values.map((item: object) => Object.values(item)[0] as unknown);
  return { key, value: { stringValue: JSON.stringify(plain) } };
}

function failure(httpCode: number, message: string): Answer {
  const body = `${JSON.stringify({ error: { httpCode, message } })}\n`;
  return { status: httpCode, body, contentType: 'text/plain; charset=utf-8' };
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
