import type { Finding } from './describe-result.ts';
import { CompactError } from './errors.ts';

/** What a run came to that threw: nothing was changed. */
export function failureOf<TItem>(error: unknown, signal: AbortSignal | undefined): Finding<TItem> {
  if (signal?.aborted === true) return { outcome: 'aborted', advice: 'The caller aborted the compaction.' };
  if (error instanceof TooLate) return { outcome: 'timeout', advice: error.message };
  const message = error instanceof Error ? error.message : String(error);
  const known = CompactError.isInstance(error) ? error : undefined;
  return {
    outcome: 'failed',
    advice: message,
    error: known ?? new CompactError({ code: 'summarizer_failed', message, cause: error }),
  };
}

/** The turn of a run did not come in time: the one before it in the same session is still under way. */
export class TooLate extends Error {
  constructor(cause: unknown) {
    super('Another run of this session did not end in time; the context was left as it was.', { cause });
    this.name = 'TooLate';
  }
}
