import { z } from 'zod';

/*
 * What the host sends: the exact shapes of its JSON bodies and stream messages.
 *
 * `GET /api/stream?cursor=N` sends server-sent events whose `id` is the cursor and whose data is a
 * StreamMessage. A span that arrives again is sent again, whole and with a new cursor: a reader
 * replaces what it had under (traceId, id).
 */

const millis = z.number().describe('Epoch milliseconds, possibly with a fraction.');
const cursor = z.int().describe('Grows with every write to the store; never used twice.');

export const SpanLink = z.object({
  traceId: z.string(),
  spanId: z.string(),
  id: z.string().describe('Says the same as spanId: it is the name that trace-model reads.'),
});
export type SpanLink = Readonly<z.infer<typeof SpanLink>>;

export const StoredSpan = z
  .object({
    traceId: z.string(),
    id: z.string(),
    parentId: z.string().exactOptional(),
    name: z.string().describe('The kind, or "span", where nobody has given a name.'),
    kind: z.string().exactOptional(),
    start: millis.exactOptional(),
    end: millis.exactOptional().describe('Epoch milliseconds. Absent while the span is open.'),
    status: z.enum(['ok', 'error']).exactOptional(),
    statusMessage: z.string().exactOptional(),
    service: z.string().exactOptional(),
    attrs: z
      .record(z.string(), z.unknown())
      .readonly()
      .describe('Ariadne: `data` as it came. OTLP: the attributes under their dotted keys.'),
    links: z.array(SpanLink.readonly()).readonly().exactOptional(),
    source: z.enum(['ariadne', 'otlp']),
    cursor,
  })
  .describe('One span, whichever way it came.');
export type StoredSpan = Readonly<z.infer<typeof StoredSpan>>;

export const StoredTrace = z
  .object({
    traceId: z.string(),
    name: z.string().exactOptional(),
    groupId: z.string().exactOptional(),
    start: millis.exactOptional(),
    end: millis.exactOptional(),
    metadata: z.record(z.string(), z.string()).readonly().exactOptional(),
  })
  .describe('What an Ariadne trace event says of a whole trace.');
export type StoredTrace = Readonly<z.infer<typeof StoredTrace>>;

export const SpanMessage = StoredSpan.extend({ type: z.literal('span') });
export type SpanMessage = Readonly<z.infer<typeof SpanMessage>>;
export const TraceMessage = StoredTrace.extend({ type: z.literal('trace'), cursor });
export type TraceMessage = Readonly<z.infer<typeof TraceMessage>>;
export const StreamMessage = z.discriminatedUnion('type', [SpanMessage, TraceMessage]);
export type StreamMessage = SpanMessage | TraceMessage;

export const TraceSummary = z.object({
  traceId: z.string(),
  name: z.string().exactOptional().describe("The trace event's name, else the root span's."),
  start: millis.exactOptional(),
  end: millis.exactOptional(),
  spanCount: z.int(),
  errorCount: z.int(),
  compactionCount: z
    .int()
    .describe('Runs that changed the context; looking and leaving it alone does not count.'),
});
export type TraceSummary = Readonly<z.infer<typeof TraceSummary>>;

export const TraceList = z
  .object({ traces: z.array(TraceSummary.readonly()).readonly() })
  .describe('Newest first.');
export type TraceList = Readonly<z.infer<typeof TraceList>>;

export const TraceDetail = z.object({
  trace: StoredTrace.readonly(),
  spans: z.array(StoredSpan.readonly()).readonly().describe('In the order of their start.'),
});
export type TraceDetail = Readonly<z.infer<typeof TraceDetail>>;

export const SpanPage = z
  .object({ spans: z.array(StoredSpan.readonly()).readonly(), cursor: z.int(), more: z.boolean() })
  .describe('Ask again with `cursor` while `more` is true.');
export type SpanPage = Readonly<z.infer<typeof SpanPage>>;

export const Health = z
  .object({
    status: z.literal('ok'),
    timestamp: z.iso.datetime(),
    events: z.object({ count: z.int(), capacity: z.int() }).readonly(),
  })
  .describe('As Ariadne answers it.');
export type Health = Readonly<z.infer<typeof Health>>;

export const HostStats = z.object({
  spans: z.int(),
  traces: z.int(),
  cursor: z.int().describe('The newest cursor.'),
  streams: z.int().describe('Live streams open now.'),
  accepted: z.int().describe('Spans and trace events committed since the start, repeats included.'),
  rejected: z.int().describe('Of a request that was taken otherwise, since the start.'),
  expired: z.int().describe('Spans that the retention has removed since the start.'),
  usedBytes: z.int().describe('Of the database, what holds something.'),
  fileBytes: z.int(),
  logBytes: z.int().describe('The log beside the file.'),
  sink: z
    .object({
      name: z.string().describe('Where spans are written to as well.'),
      written: z.int().describe('Rows that were taken there since the start.'),
      failures: z.int().describe('Attempts that failed since the start; nothing is lost by them.'),
      error: z.string().optional().describe('Why the last of them did.'),
    })
    .readonly()
    .optional(),
});
export type HostStats = Readonly<z.infer<typeof HostStats>>;

const FacetValue = z.object({ value: z.string(), sessions: z.int() }).readonly();
const facet = z.array(FacetValue).readonly().describe('The most frequent first, at most 100.');

export const Facets = z.object({
  sessions: z.int(),
  compacted: z.int().describe('Sessions whose context a compaction changed.'),
  services: facet,
  agents: facet,
  models: facet,
  complete: z.boolean().describe('Whether all sessions were looked at.'),
});
export type Facets = Readonly<z.infer<typeof Facets>>;

const ErrorDetail = z.object({
  path: z.array(z.union([z.string(), z.number()])).readonly(),
  message: z.string(),
});

export const ErrorBody = z
  .object({
    error: z.string(),
    expected: z.string().exactOptional(),
    received: z.string().exactOptional(),
    message: z.string().exactOptional(),
    details: z.array(ErrorDetail.readonly()).readonly().exactOptional(),
  })
  .describe("The body of every refusal but OTLP's, whose form its protocol fixes.");
export type ErrorBody = Readonly<z.infer<typeof ErrorBody>>;
