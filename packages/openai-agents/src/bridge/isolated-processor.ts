import type { TracingProcessor } from '@openai/agents-core';
import { reporter } from '../safely.ts';

export type IsolatedProcessorOptions = {
  /** Told of what the processor threw. Default: OTel's `diag`. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

/**
 * A trace processor that harms no other: the SDK asks its processors one after the other, so that one which throws
 * starves those behind it, and one that is slow delays them. `setTraceProcessors([isolatedProcessor(mine), bridge])`.
 *
 * What is told while the run goes on is not waited for; a flush and a shutdown are.
 */
export function isolatedProcessor(
  processor: TracingProcessor,
  { onError }: IsolatedProcessorOptions = {},
): TracingProcessor {
  const report = reporter(onError, 'A trace processor failed');
  const guarded = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (error) {
      report(error);
    }
  };
  return {
    start: () => void guarded(() => processor.start?.()),
    onTraceStart: async (trace) => void guarded(() => processor.onTraceStart(trace)),
    onTraceEnd: async (trace) => void guarded(() => processor.onTraceEnd(trace)),
    onSpanStart: async (span) => void guarded(() => processor.onSpanStart(span)),
    onSpanEnd: async (span) => void guarded(() => processor.onSpanEnd(span)),
    forceFlush: async () => guarded(() => processor.forceFlush()),
    shutdown: async (timeout) => guarded(() => processor.shutdown(timeout)),
  };
}
