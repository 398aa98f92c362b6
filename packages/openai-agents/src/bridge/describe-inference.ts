import type { Usage } from '@clew/core';
import { GenAi } from '@clew/semconv';
import type { GenerationSpanData, ResponseSpanData } from '@openai/agents-core';
import { SpanKind } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { z } from 'zod';
import { usageOf } from '../sdk-usage.ts';
import type { SpanDescription, SpanFacts } from './span-description.ts';

const Text = z.string().nullish().catch(undefined);

/** What a provider answers, of the Responses API or of Chat Completions, as far as a span tells it. */
const ProviderResponse = z.looseObject({
  id: Text,
  model: Text,
  usage: z.unknown().optional(),
  choices: z
    .array(z.looseObject({ finish_reason: Text }))
    .nullish()
    .catch(undefined),
});

/** The span of one model call. */
export function describeInference(
  data: GenerationSpanData | ResponseSpanData,
  facts: SpanFacts,
): SpanDescription {
  const response = responseOf(data);
  const requested = facts.model ?? (data.type === 'generation' ? data.model : undefined) ?? response?.model;
  const responseId = (data.type === 'response' ? data.response_id : undefined) ?? response?.id;
  const reasons = response?.choices?.flatMap((choice) => choice.finish_reason ?? []) ?? [];
  const usage = (data.type === 'generation' ? usageOf(data.usage) : undefined) ?? usageOf(response?.usage);
  return {
    name: requested ? `chat ${requested}` : 'chat',
    kind: SpanKind.CLIENT,
    attributes: {
      [GenAi.operationName]: 'chat',
      [GenAi.providerName]: facts.provider,
      ...(requested && { [GenAi.requestModel]: requested }),
      ...(response?.model && { [GenAi.responseModel]: response.model }),
      ...(responseId && { [GenAi.responseId]: responseId }),
      ...(reasons.length > 0 && { [GenAi.responseFinishReasons]: reasons }),
      ...(usage && usageAttributes(usage)),
    },
  };
}

export function usageAttributes(usage: Usage): Attributes {
  return {
    [GenAi.usageInputTokens]: usage.inputTokens,
    ...(usage.outputTokens !== undefined && { [GenAi.usageOutputTokens]: usage.outputTokens }),
    ...(usage.cacheReadInputTokens !== undefined && {
      [GenAi.usageCacheReadInputTokens]: usage.cacheReadInputTokens,
    }),
    ...(usage.cacheWriteInputTokens !== undefined && {
      [GenAi.usageCacheCreationInputTokens]: usage.cacheWriteInputTokens,
    }),
  };
}

/** A generation's output is the provider's whole answer where Chat Completions made it. */
function responseOf(
  data: GenerationSpanData | ResponseSpanData,
): z.infer<typeof ProviderResponse> | undefined {
  const parsed = ProviderResponse.safeParse(data.type === 'response' ? data._response : data.output?.[0]);
  return parsed.success ? parsed.data : undefined;
}
