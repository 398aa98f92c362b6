import type { WireFormat } from '../delivery/http-delivery.ts';
import { judgeAnswer } from '../delivery/judge-answer.ts';
import { SpanEvent } from './ariadne-event.ts';
import { batchBody, frameBytes } from './batch-body.ts';
import { byArrivalOfTies } from './batch-order.ts';
import { encodeEvent } from './encode-event.ts';

/** Ariadne's `POST /ingest`: `{"batch":[…]}`, never compressed. */
export const ariadneFormat: WireFormat = {
  body: (spans) => batchBody(spans.map(({ bytes }) => bytes)),
  judge: judgeAnswer,
  shrink: (span, maxBytes) => {
    const event = SpanEvent.safeParse(JSON.parse(span.bytes.toString('utf8')));
    const bytes = event.success ? encodeEvent(event.data, maxBytes - frameBytes) : undefined;
    return bytes === undefined ? undefined : { ...span, bytes };
  },
  order: (batch) =>
    batch.toSorted((left, right) =>
      byArrivalOfTies(
        { startTime: left.payload.startTime, sequence: left.sequence },
        { startTime: right.payload.startTime, sequence: right.sequence },
      ),
    ),
};
