import { z } from 'zod';

/** The largest request body that Ariadne takes, in bytes, by its Content-Length. */
export const maxBodyBytes = 262_144;

const Timestamp = z.iso.datetime();

/** A span as Ariadne takes it: absent fields are left out, never null; times end in `Z`. */
export const SpanEvent = z.object({
  type: z.literal('span'),
  trace_id: z.string().min(1),
  span_id: z.string().min(1),
  parent_id: z.string().optional(),
  kind: z.string().optional(),
  name: z.string().optional(),
  started_at: Timestamp.optional(),
  ended_at: Timestamp.optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  status: z.enum(['ok', 'error']).optional(),
});
export type SpanEvent = Readonly<z.infer<typeof SpanEvent>>;

/** A whole trace as Ariadne takes it. Its metadata are strings only. */
export const TraceEvent = z.object({
  type: z.literal('trace'),
  trace_id: z.string().min(1),
  name: z.string().optional(),
  group_id: z.string().optional(),
  started_at: Timestamp.optional(),
  ended_at: Timestamp.optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});
export type TraceEvent = Readonly<z.infer<typeof TraceEvent>>;

export type AriadneEvent = SpanEvent | TraceEvent;
