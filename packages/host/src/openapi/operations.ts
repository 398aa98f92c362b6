import { z } from 'zod';
import { SessionQuery } from '../source/session-query.ts';
import type { SchemaName } from './schemas.ts';

/** A body: the schema of its JSON, or of each of its lines or events, or nothing that a schema could say. */
type Content = Readonly<Record<string, SchemaName | 'text' | 'binary'>>;

export type Operation = {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly more?: string;
  readonly query?: z.ZodObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Content;
  readonly answers: Readonly<Record<number, readonly [description: string, content?: Content]>>;
};

const error: Content = { 'application/json': 'Error' };
const json = (name: SchemaName): Content => ({ 'application/json': name });
const otlp: Content = { 'application/json': 'text', 'application/x-protobuf': 'binary' };
const badQuery = ['A parameter is not valid.', error] as const;

const limit = (preset: number): z.ZodType => z.int().min(1).max(1000).default(preset);
const session = z.string().optional().describe('Only the traces in which this session is named, whole.');
const cursor = z.int().min(0).default(0).describe('What came after it: the id of the last event seen, or 0.');
const resume = { 'Last-Event-ID': 'Sent by an EventSource that reconnects; wins over `cursor`.' };

const otlpAnswers = (response: string): Operation['answers'] => ({
  200: [`An ${response} in the format of the request.`, otlp],
  400: ['Not a request of OTLP. A google.rpc.Status, as with each that follows.', otlp],
  413: ['Too large, before or after decompression.', otlp],
  415: ['Neither JSON nor protobuf, or another compression than gzip.', otlp],
  503: ['It cannot be stored now; send it again.', otlp],
});

/** Everything that the host answers to, but the viewer's files. A test holds it against the routes. */
export const operations: readonly Operation[] = [
  {
    method: 'post',
    path: '/ingest',
    summary: "Takes spans and traces by Ariadne's protocol.",
    more: 'At most 262,144 bytes, whether their length is declared or not. An event that comes again under the same ids is merged: the later one wins, and one that has ended wins over one that has not. Names over 1,024 and texts over 102,400 UTF-16 units are cut. The answer comes when everything is on the disk.',
    headers: {
      Prefer:
        '`handling=lenient` rejects a bad event by itself instead of the whole batch; the answer then has `rejected`.',
    },
    body: { 'application/json': 'AriadneBatch' },
    answers: {
      200: ['Stored.', json('IngestAnswer')],
      400: ['An event is not valid; `details` says which. Nothing was stored.', error],
      413: ['Too large; split the batch.', error],
      500: ["The body is not JSON. (Ariadne's own answer; 400 with `Prefer: handling=lenient`.)", error],
      503: ['It cannot be stored now; send it again.', error],
    },
  },
  {
    method: 'post',
    path: '/v1/traces',
    summary: 'Takes spans by OTLP/HTTP.',
    more: 'JSON or protobuf, also compressed with gzip. A bad span is rejected by itself, and told in `partialSuccess`. The answer comes when everything is on the disk.',
    body: otlp,
    answers: otlpAnswers('ExportTraceServiceResponse'),
  },
  {
    method: 'post',
    path: '/v1/logs',
    summary: 'Takes events of other tools by OTLP/HTTP.',
    more: 'Of the log records those that tell of a compaction (Claude Code, Gemini CLI) are kept, as spans without length. All others are taken and not kept.',
    body: otlp,
    answers: otlpAnswers('ExportLogsServiceResponse'),
  },
  {
    method: 'get',
    path: '/api/sessions',
    summary: 'Lists sessions, newest activity first.',
    query: SessionQuery,
    answers: {
      200: ['A page.', json('SessionPage')],
      400: badQuery,
      502: ['The backend that is read failed.', error],
    },
  },
  {
    method: 'get',
    path: '/api/sessions/{id}/spans',
    summary: 'Streams a session whole: every trace in which it is named.',
    answers: {
      200: ['A message in each line. A span may come twice.', { 'application/x-ndjson': 'StreamMessage' }],
      404: ['No such session.', error],
      502: ['The backend that is read failed.', error],
    },
  },
  {
    method: 'get',
    path: '/api/facets',
    summary: 'Tells what sessions can be filtered by.',
    answers: {
      200: ['Each value, and how many sessions have it.', json('Facets')],
      502: ['The backend that is read failed.', error],
    },
  },
  {
    method: 'get',
    path: '/api/traces',
    summary: 'Lists traces, newest first.',
    query: z.object({ limit: limit(100), session }),
    answers: { 200: ['The newest.', json('TraceList')], 400: badQuery },
  },
  {
    method: 'get',
    path: '/api/traces/{id}',
    summary: 'Reads a trace whole.',
    answers: { 200: ['The trace.', json('TraceDetail')], 404: ['No such trace.', error] },
  },
  {
    method: 'get',
    path: '/api/traces/{id}/spans/{span}',
    summary: 'Reads one span.',
    answers: { 200: ['The span.', json('StoredSpan')], 404: ['No such span.', error] },
  },
  {
    method: 'get',
    path: '/api/spans',
    summary: 'Pages through spans in the order in which they came.',
    query: z.object({ cursor, limit: limit(500), session }),
    headers: resume,
    answers: { 200: ['A page.', json('SpanPage')], 400: badQuery },
  },
  {
    method: 'get',
    path: '/api/stream',
    summary: 'Streams everything after a cursor: what is stored, then what comes.',
    more: 'Server-sent events, whose id is the cursor to go on from. Nothing is missed and nothing repeated across reconnections; a span that changes comes again, whole.',
    query: z.object({ cursor, session }),
    headers: resume,
    answers: {
      200: ['A message in each event.', { 'text/event-stream': 'StreamMessage' }],
      400: badQuery,
      503: ['Too many live streams.', error],
    },
  },
  {
    method: 'get',
    path: '/events',
    summary: "Streams the same in Ariadne's form, with its filters.",
    query: z.object({
      cursor,
      traceId: z.string().optional(),
      kinds: z.string().optional().describe('Kinds of spans, separated by commas.'),
      since: z.iso.datetime().optional().describe('Only spans that began at this time or later.'),
    }),
    headers: resume,
    answers: {
      200: [
        'An event of Ariadne in each event; the first says `connected`.',
        { 'text/event-stream': 'AriadneEvent' },
      ],
      400: badQuery,
      503: ['Too many live streams.', error],
    },
  },
  {
    method: 'get',
    path: '/api/stats',
    summary: 'Counts what is stored and what was refused.',
    answers: { 200: ['The counts.', json('HostStats')] },
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'The same for Prometheus.',
    answers: { 200: ['The text format.', { 'text/plain': 'text' }] },
  },
  {
    method: 'get',
    path: '/healthz',
    summary: 'Tells that the host is well, as Ariadne does. Needs no token.',
    answers: { 200: ['It is.', json('Health')] },
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: 'This description, as OpenAPI 3.1.',
    answers: { 200: ['The document.', { 'application/json': 'text' }] },
  },
  {
    method: 'get',
    path: '/docs',
    summary: 'This description, as a page.',
    answers: { 200: ['The page.', { 'text/html': 'text' }] },
  },
];
