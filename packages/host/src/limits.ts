import { z } from 'zod';

const MIB = 1024 * 1024;

/** What a host takes at most, so that nobody can make it run out of memory, disk or patience. Each answer names the limit. */
export const HostLimits = z.strictObject({
  bodyBytes: z
    .int()
    .positive()
    .default(16 * MIB)
    .describe(
      "A body of OTLP as it is sent, and again after decompression: 413. `/ingest` keeps Ariadne's 262,144.",
    ),
  heldBytes: z
    .int()
    .positive()
    .default(128 * MIB)
    .describe('All bodies that are being received at one time: 503, send it again.'),
  events: z.int().positive().default(50_000).describe('Spans, or events of `/ingest`, in one request: 413.'),
  textLength: z
    .int()
    .positive()
    .default(MIB)
    .describe(
      "A text in a span that came by OTLP, in UTF-16 units: it is cut. `/ingest` keeps Ariadne's 102,400.",
    ),
  connections: z.int().positive().default(1000).describe('Connections: one more is closed at once.'),
  streams: z.int().positive().default(250).describe('Live streams: 503 with Retry-After.'),
  stalledMillis: z
    .int()
    .positive()
    .default(60_000)
    .describe('How long the reader of a live stream may take nothing before the stream is ended.'),
  headersMillis: z
    .int()
    .positive()
    .default(10_000)
    .describe('How long a request may take to send its headers: 408.'),
  requestMillis: z
    .int()
    .positive()
    .default(60_000)
    .describe('How long a request may take to arrive whole: 408.'),
});
export type HostLimits = z.infer<typeof HostLimits>;
