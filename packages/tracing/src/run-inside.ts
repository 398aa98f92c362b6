import { context, trace } from '@opentelemetry/api';
import type { Context, Span } from '@opentelemetry/api';
import { once } from './once.ts';
import { quietly } from './quietly.ts';

/**
 * Runs `work` exactly once, with `span` active in it: below `parent`, or below what is active now. Where the
 * context manager fails, the work runs all the same.
 */
export function runInside<TValue>(
  span: Span,
  parent: Context | undefined,
  work: () => Promise<TValue>,
): Promise<TValue> {
  const start = once(work);
  quietly(() => context.with(trace.setSpan(parent ?? context.active(), span), () => void start()));
  return start();
}
