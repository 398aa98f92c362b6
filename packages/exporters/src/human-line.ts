import type { HrTime } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { spanToEvent } from './ariadne/span-to-event.ts';

/** `10:00:00.123 compact.run  Compacted 12 items …`: when, what, and the sentence that the inspector shows too. */
export function humanLine(span: ReadableSpan): string {
  const { name = '', data = {} } = spanToEvent(span);
  const text = data['output_text'];
  const sentence = typeof text === 'string' ? text : '';
  // What was said by others must not move a terminal's cursor or begin a line of its own.
  const plain = `${name.padEnd(24)} ${sentence.split('\n')[0] ?? ''}`.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
  return `${timeOf(span.endTime)} ${plain.trimEnd()}\n`;
}

function timeOf([seconds, nanoseconds]: HrTime): string {
  return new Date(seconds * 1000 + nanoseconds / 1e6).toISOString().slice(11, 23);
}
