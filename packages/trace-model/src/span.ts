import { z } from 'zod';

/** A pointer from one span to another, such as from a model call to the run that prepared its prompt. */
export const SpanLink = z.object({ traceId: z.string(), id: z.string() });
export type SpanLink = z.infer<typeof SpanLink>;

/** A span as a viewer needs it, whoever sent it. Times are epoch milliseconds; no `end` means it is not known yet. */
export const Span = z.object({
  traceId: z.string(),
  id: z.string(),
  parentId: z.string().optional(),
  name: z.string(),
  kind: z.string().optional(),
  start: z.number().optional(),
  end: z.number().optional(),
  status: z.enum(['ok', 'error']).optional(),
  statusMessage: z.string().optional(),
  service: z.string().optional(),
  /** OTel attributes with dotted keys, or the nested `data` of an Ariadne event. */
  attrs: z.record(z.string(), z.unknown()).default({}),
  links: z.array(SpanLink).optional(),
  /** Grows each time its sender says more of the span; the highest says it all. */
  revision: z.number().optional(),
});
export type Span = z.infer<typeof Span>;

/** What a host knows of a whole trace beside its spans. */
export const TraceInfo = z.object({
  traceId: z.string(),
  name: z.string().optional(),
  groupId: z.string().optional(),
  start: z.number().optional(),
  end: z.number().optional(),
});
export type TraceInfo = z.infer<typeof TraceInfo>;
