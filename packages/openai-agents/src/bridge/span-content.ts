import { GenAi } from '@clew/semconv';
import type { SpanData } from '@openai/agents-core';
import type { Attributes } from '@opentelemetry/api';
import { outputMessages } from './output-messages.ts';

/**
 * The content of an ended SDK span, each text as far as `keep` lets it leave: what tools were given and answered,
 * what models answered, and the data of custom spans. What models were given is left out: it is the whole history,
 * again at each call, and the `compact.*` spans already account for it.
 */
export function contentOf(data: SpanData, keep: (text: string) => string | undefined): Attributes {
  if (data.type === 'function') {
    return text(GenAi.toolCallArguments, data.input, keep, text(GenAi.toolCallResult, data.output, keep));
  }
  if (data.type === 'generation') return text(GenAi.outputMessages, outputMessages(data.output ?? [], keep));
  if (data.type === 'response') {
    const output: unknown = data._response?.['output'];
    return text(GenAi.outputMessages, Array.isArray(output) ? outputMessages(output, keep) : undefined);
  }
  if (data.type === 'custom') return text('openai.agents.data', JSON.stringify(data.data), keep);
  return {};
}

/** An attribute for a text that there is, that has been said, and that may leave. */
function text(
  key: string,
  value: unknown,
  keep: (text: string) => string | undefined = String,
  rest: Attributes = {},
): Attributes {
  if (value === undefined || value === null || value === '') return rest;
  const kept = keep(typeof value === 'string' ? value : JSON.stringify(value));
  return kept === undefined ? rest : { [key]: kept, ...rest };
}
