import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { Rank } from './bounded-queue.ts';

/** The run is the account of everything, and a trace's event gives it its name; an ordinary span may be large. */
export function rankOf({ name }: Pick<ReadableSpan, 'name'>): Rank {
  if (name === 'compact.run') {
    return 2;
  }
  return name.startsWith('compact.') ? 1 : 0;
}
