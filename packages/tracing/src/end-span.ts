import { SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import { ERROR_TYPE } from './error-type-of.ts';

/** Ends a span at an epoch millisecond (now, without one). Its status holds the class of the error, never a message. */
export function endSpan(span: Span, endedAt: number | undefined, errorType: string | undefined): void {
  try {
    if (errorType !== undefined) {
      span.setAttribute(ERROR_TYPE, errorType);
      span.setStatus({ code: SpanStatusCode.ERROR, message: errorType });
    }
  } finally {
    // A number would be taken for a reading of `performance.now()` where it is small; a date never is.
    span.end(endedAt === undefined ? undefined : new Date(endedAt));
  }
}
