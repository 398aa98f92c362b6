import { OtlpInbox, readBody, textAt, toResourceSpans, type InboxSpan, type Received } from './otlp-inbox.ts';
import { serve, type Answer, type Served } from './serve.ts';
import { readTraceQl, type SpanFacts, type TraceQl } from './trace-ql-double.ts';

const MAX_SPANS = 100;
const known = new Set(['q', 'start', 'end', 'limit', 'spss']);
const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const codes = ['UNSET', 'OK', 'ERROR'];

/**
 * A double of Tempo's HTTP API and of its OTLP receiver, on one port. It answers what the real one (3.1) was seen to
 * answer: ids in base64, kinds by name, trace ids without zeros at the beginning, a hundred spans of a trace. It is
 * stricter: it refuses parameters that there are not, searches without a time, and all of TraceQL but the part that its
 * reader knows.
 */
export async function startTempoDouble(): Promise<Served> {
  const inbox = new OtlpInbox();
  return serve(async (request, url) => {
    if (request.method === 'POST' && url.pathname === '/v1/traces') {
      inbox.receive(await readBody(request));
      return { status: 200, body: { partialSuccess: {} } };
    }
    if (url.pathname === '/api/search') return search(inbox, url.searchParams);
    const [, traceId] = /^\/api\/v2\/traces\/([^/]+)$/.exec(url.pathname) ?? [];
    if (traceId === undefined) return refusal(404, 'page not found');
    if (!/^[0-9a-f]+$/.test(traceId)) return refusal(400, 'trace IDs can only contain hex characters');
    const resourceSpans = toResourceSpans(inbox.traces.get(traceId) ?? [], asAnswered);
    const isEmpty = !inbox.traces.has(traceId);
    return { status: 200, body: { trace: isEmpty ? {} : { resourceSpans }, metrics: {} } };
  });
}

function search(inbox: OtlpInbox, parameters: URLSearchParams): Answer {
  const unknown = [...parameters.keys()].find((key) => !known.has(key));
  if (unknown !== undefined) return refusal(400, `unknown parameter ${unknown}`);
  const [start = 0, end = 0, limit = 0, spss = 0] = ['start', 'end', 'limit', 'spss'].map((name) =>
    Number(parameters.get(name) ?? 'none'),
  );
  if (!(start > 0 && end > start)) return refusal(400, 'start and end are required here');
  if (!(limit > 0 && spss > 0 && spss <= MAX_SPANS)) return refusal(400, 'invalid limit or spss');
  let query: TraceQl;
  try {
    query = readTraceQl(parameters.get('q') ?? '');
  } catch (error) {
    return refusal(400, `invalid TraceQL query: ${String(error)}`);
  }
  const found = [...inbox.traces.values()]
    .filter((trace) => startOf(trace) / 1e9 >= start && startOf(trace) / 1e9 <= end)
    .flatMap((trace) => {
      const matching = trace.filter((one) => query.matches(factsOf(one)));
      return matching.length === 0 ? [] : [{ trace, matching }];
    })
    .toSorted((a, b) => startOf(b.trace) - startOf(a.trace))
    .slice(0, limit);
  return {
    status: 200,
    body: {
      traces: found.map(({ trace, matching }) => foundTrace(trace, matching, spss, query.selected)),
      metrics: {},
    },
  };
}

function foundTrace(
  trace: readonly Received[],
  matching: readonly Received[],
  spss: number,
  selected: readonly string[],
): unknown {
  const root = trace.find(({ span }) => span.parentSpanId === undefined) ?? trace[0];
  const end = Math.max(...trace.map(({ span }) => Number(span.endTimeUnixNano)));
  const services = [...new Set(trace.map(({ service }) => service))];
  const count = (service: string, code?: number): number =>
    trace.filter((one) => one.service === service && (code === undefined || one.span.status.code === code))
      .length;
  return {
    traceID: (root?.span.traceId ?? '').replace(/^0+/, ''),
    rootServiceName: root?.service,
    rootTraceName: root?.span.name,
    startTimeUnixNano: trace.map(({ span }) => span.startTimeUnixNano).toSorted()[0],
    durationMs: Math.floor((end - startOf(trace)) / 1e6),
    spanSets: [
      {
        matched: matching.length,
        spans: matching.slice(0, spss).map(({ span }) => foundSpan(span, selected)),
      },
    ],
    serviceStats: Object.fromEntries(
      services.map((service) => [service, { spanCount: count(service), errorCount: count(service, 2) }]),
    ),
  };
}

function foundSpan(span: InboxSpan, selected: readonly string[]): unknown {
  return {
    spanID: span.spanId,
    ...(selected.includes('name') && { name: span.name }),
    startTimeUnixNano: span.startTimeUnixNano,
    durationNanos: String(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)),
    attributes: span.attributes.filter(({ key }) => selected.includes(`span.${key}`)),
  };
}

function factsOf({ span, service }: Received): SpanFacts {
  return {
    name: span.name,
    'resource.service.name': service,
    ...Object.fromEntries(
      span.attributes.map(({ key }) => [`span.${key}`, textAt(span.attributes, key) ?? 'not a text']),
    ),
  };
}

/** Protobuf's own mapping: bytes in base64, enumerations by name, nothing for what is not set. */
function asAnswered(span: InboxSpan): unknown {
  const { code, message } = span.status;
  return {
    ...span,
    traceId: base64(span.traceId),
    spanId: base64(span.spanId),
    ...(span.parentSpanId !== undefined && { parentSpanId: base64(span.parentSpanId) }),
    kind: `SPAN_KIND_${kinds[span.kind] ?? ''}`,
    status: {
      ...(message !== '' && { message }),
      ...(code !== 0 && { code: `STATUS_CODE_${codes[code] ?? ''}` }),
    },
  };
}

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

function startOf(trace: readonly Received[]): number {
  return Math.min(...trace.map(({ span }) => Number(span.startTimeUnixNano)));
}

function refusal(status: number, body: string): Answer {
  return { status, body, contentType: 'text/plain; charset=utf-8' };
}
