import type { ContentOptions } from '@clew/tracing';
import type { Tracer } from '@opentelemetry/api';
import type { AgentsIdGenerator } from './agents-id-generator.ts';

export type AgentsTracingBridgeOptions = ContentOptions & {
  readonly tracer: Tracer;
  /**
   * The id generator of the tracer's provider. With it an SDK trace keeps its id and has a real root span; without
   * it OTel chooses the trace id, and the SDK's is the attribute `openai.agents.trace_id`.
   */
  readonly idGenerator?: AgentsIdGenerator | undefined;
  /**
   * Whether a run that starts while an OTel span is active (a web request, say) becomes part of that span's trace.
   * If not, its root span links to it. Default: only where there is no `idGenerator`, since to join is to take the
   * other trace's id.
   */
  readonly joinActiveTrace?: boolean | undefined;
  /** `gen_ai.provider.name` of the models. Default `openai`. */
  readonly provider?: string | undefined;
  /**
   * How long a trace whose run threw may stay open, in milliseconds, before its root span ends: the SDK never says
   * that such a trace is over. Default 1,000.
   */
  readonly graceMillis?: number | undefined;
  /** Epoch milliseconds. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Told of what fails in the bridge, which the run never sees. Default: OTel's `diag`. */
  readonly onError?: ((error: unknown) => void) | undefined;
};
