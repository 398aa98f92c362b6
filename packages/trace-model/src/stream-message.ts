import { z } from 'zod';
import { Span, TraceInfo } from './span.ts';

/** Where to go on after a lost connection. It grows with everything that the host writes. */
const Cursor = z.coerce.number().optional().catch(undefined);

/** One message of the host's event stream. A span that comes again comes whole, with a higher cursor. */
export const StreamMessage = z.discriminatedUnion('type', [
  Span.omit({ revision: true }).extend({
    type: z.literal('span'),
    source: z.enum(['ariadne', 'otlp']).optional(),
    cursor: Cursor,
  }),
  TraceInfo.extend({ type: z.literal('trace'), cursor: Cursor }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;
