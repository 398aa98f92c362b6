import type { Attributes, SpanKind } from '@opentelemetry/api';

/** What a span of the SDK is called, and what is known of it, in the words of the GenAI conventions. */
export type SpanDescription = {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
};

/** What the SDK's span does not tell. */
export type SpanFacts = {
  /** The `gen_ai.provider.name` of the models. */
  readonly provider: string;
  /** The model that was asked for, where the seam knows it. */
  readonly model?: string | undefined;
};
