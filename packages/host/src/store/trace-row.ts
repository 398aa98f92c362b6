import { z } from 'zod';
import { StoredTrace } from '../wire.ts';
import { key } from './key.ts';

/** A trace event as the table `traces` keeps it: only what it says. */
export function encodeTrace(trace: StoredTrace): string {
  return JSON.stringify({
    traceId: key(trace.traceId),
    name: trace.name || undefined,
    groupId: trace.groupId || undefined,
    start: trace.start,
    end: trace.end,
    metadata: trace.metadata,
  });
}

export function decodeTrace(json: string): StoredTrace {
  return StoredTrace.parse(JSON.parse(json));
}

/** A line of the table `traces`. Without `json` no trace event has come, only spans. */
export const TraceRow = z.object({
  trace_id: z.string(),
  cursor: z.number().nullable(),
  first_at: z.number(),
  digest: z.string(),
  json: z.string().nullable(),
});
export type TraceRow = z.infer<typeof TraceRow>;
