import { GenAiCall } from '@clew/semconv';
import { known } from './known.ts';
import { readCount, readText } from './read-attribute.ts';
import type { Span } from './span.ts';

/** What the provider reported for one model call, in tokens. Unknown is absent, never 0. */
export type Usage = {
  readonly spanId: string;
  readonly model?: string;
  /** The whole prompt, cached parts included. */
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
};

const operations = new Set(['chat', 'generate_content', 'text_completion']);

/** Whether the span is one model call. */
export function isInference(span: Span): boolean {
  const operation = readText(span, GenAiCall.operationName);
  return operation === undefined ? span.name.startsWith('chat ') : operations.has(operation);
}

export function readUsage(span: Span): Usage {
  return {
    spanId: span.id,
    ...known({
      model: readText(span, GenAiCall.responseModel) ?? readText(span, GenAiCall.requestModel),
      inputTokens: readCount(span, GenAiCall.usageInputTokens),
      outputTokens: readCount(span, GenAiCall.usageOutputTokens),
      cacheReadTokens: readCount(span, GenAiCall.usageCacheReadInputTokens),
      // Newer texts of the conventions say cache_write where older ones say cache_creation.
      cacheWriteTokens:
        readCount(span, GenAiCall.usageCacheCreationInputTokens) ??
        readCount(span, 'gen_ai.usage.cache_write.input_tokens'),
    }),
  };
}
