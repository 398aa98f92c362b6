import { getCurrentTrace, Trace, withTraceContext } from '@openai/agents-core';
import type { TracingProcessor } from '@openai/agents-core';

const silent: TracingProcessor = {
  onTraceStart: async () => {},
  onTraceEnd: async () => {},
  onSpanStart: async () => {},
  onSpanEnd: async () => {},
  shutdown: async () => {},
  forceFlush: async () => {},
};

const name = 'clew.silent';

/**
 * Runs `work` so that the SDK makes no spans in it. To turn tracing off in a request is not enough, since OpenAI's
 * models then still make a span, and to run without any trace makes them throw.
 */
export function withoutSdkTracing<TResult>(work: () => TResult): TResult {
  // Under the SDK's own id for a trace that does not exist, every span is a no-op.
  return withTraceContext({ trace: new Trace({ traceId: 'no-op', name }, silent) }, work);
}

/** Whether the caller runs inside {@link withoutSdkTracing}. */
export function isSilenced(): boolean {
  return getCurrentTrace()?.name === name;
}
