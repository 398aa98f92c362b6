import type { AgentOutputItem, ModelResponse } from '@openai/agents-core';
import { z } from 'zod';

/** As much of a provider's response as tells how it ended: the Responses API's form and Chat Completions'. */
const Ending = z.looseObject({
  status: z.string().optional().catch(undefined),
  incomplete_details: z.looseObject({ reason: z.string().optional() }).nullish().catch(undefined),
  choices: z
    .array(z.looseObject({ finish_reason: z.string().nullish().catch(undefined) }))
    .optional()
    .catch(undefined),
});

export type ModelAnswer = {
  readonly texts: readonly string[];
  readonly refusals: readonly string[];
  readonly isTruncated: boolean;
  /** A filter of the provider has taken the answer away. */
  readonly isFiltered: boolean;
};

/** What a model said, where it declined to, and whether it was cut off. */
export function answerOf({
  output,
  providerData,
}: Pick<ModelResponse, 'output' | 'providerData'>): ModelAnswer {
  const parts = output.flatMap((item: AgentOutputItem) =>
    'role' in item && item.role === 'assistant' && Array.isArray(item.content) ? item.content : [],
  );
  const ending = Ending.safeParse(providerData ?? {}).data;
  const reason = ending?.choices?.[0]?.finish_reason ?? ending?.incomplete_details?.reason;
  const isFiltered = reason === 'content_filter';
  return {
    texts: parts.flatMap((part) => (part.type === 'output_text' && part.text !== '' ? [part.text] : [])),
    refusals: parts.flatMap((part) => (part.type === 'refusal' ? [part.refusal] : [])),
    isTruncated: reason === 'length' || (ending?.status === 'incomplete' && !isFiltered),
    isFiltered,
  };
}

/** The SDK throws where an answer is cut off: at once on the Responses API, where it is empty on Chat Completions. */
export function isCutOff(error: unknown): boolean {
  return error instanceof Error && /"response\.incomplete"|finish_reason='length'/u.test(error.message);
}

/** A provider's 400 that is about the temperature. */
export function refusesTemperature(error: unknown): boolean {
  return (
    error instanceof Error &&
    'status' in error &&
    (error.status === 400 || error.status === 422) &&
    /temperature/iu.test(error.message)
  );
}
