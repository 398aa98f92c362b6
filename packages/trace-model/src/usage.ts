import { GenAi } from '@clew/semconv';
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
  const operation = readText(span, GenAi.operationName);
  return operation === undefined ? span.name.startsWith('chat ') : operations.has(operation);
}

export function readUsage(span: Span): Usage {
  return {
    spanId: span.id,
    ...known({
      model: readText(span, GenAi.responseModel) ?? readText(span, GenAi.requestModel),
      inputTokens: readCount(span, GenAi.usageInputTokens),
      outputTokens: readCount(span, GenAi.usageOutputTokens),
      cacheReadTokens: readCount(span, GenAi.usageCacheReadInputTokens),
      // Newer texts of the conventions say cache_write where older ones say cache_creation.
      cacheWriteTokens:
        readCount(span, GenAi.usageCacheCreationInputTokens) ??
        readCount(span, 'gen_ai.usage.cache_write.input_tokens'),
    }),
  };
}
