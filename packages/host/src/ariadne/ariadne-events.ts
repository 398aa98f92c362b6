import { z } from 'zod';
import { isShallow } from '../is-shallow.ts';

/** Ariadne takes UTC only, written with a `Z`, to the minute or finer; a numeric offset is refused. */
const Timestamp = z.union([z.iso.datetime(), z.iso.datetime({ precision: -1 })], {
  error: 'expected an ISO 8601 time in UTC that ends in Z',
});

const inOrder = (event: { started_at?: string | undefined; ended_at?: string | undefined }): boolean =>
  event.started_at === undefined ||
  event.ended_at === undefined ||
  Date.parse(event.started_at) <= Date.parse(event.ended_at);

const order = { error: 'ended_at must not be before started_at', path: ['ended_at'] };

/** A whole workflow, as Ariadne takes it. Unknown keys are dropped. */
export const AriadneTraceEvent = z
  .object({
    type: z.literal('trace'),
    trace_id: z.string().min(1),
    name: z.string().optional(),
    group_id: z.string().optional(),
    started_at: Timestamp.optional(),
    ended_at: Timestamp.optional(),
    metadata: z.record(z.string(), z.string()).optional(),
  })
  .refine(inOrder, order);
export type AriadneTraceEvent = z.infer<typeof AriadneTraceEvent>;

/** One operation, as Ariadne takes it. What has no key of its own belongs in `data`. Unknown keys are dropped. */
export const AriadneSpanEvent = z
  .object({
    type: z.literal('span'),
    trace_id: z.string().min(1),
    span_id: z.string().min(1),
    parent_id: z.string().optional(),
    kind: z.string().optional(),
    name: z.string().optional(),
    started_at: Timestamp.optional(),
    ended_at: Timestamp.optional(),
    data: z.record(z.string(), z.unknown()).refine(isShallow, 'nested too deeply').optional(),
    status: z.enum(['ok', 'error']).optional(),
  })
  .refine(inOrder, order);
export type AriadneSpanEvent = z.infer<typeof AriadneSpanEvent>;

export const AriadneEvent = z.discriminatedUnion('type', [AriadneTraceEvent, AriadneSpanEvent]);
export type AriadneEvent = z.infer<typeof AriadneEvent>;
