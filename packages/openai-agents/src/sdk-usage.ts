import type { Usage } from '@clew/core';
import { z } from 'zod';

const Tokens = z.number().nonnegative().nullish().catch(undefined);
const Details = z.record(z.string(), z.unknown());
const DetailList = z
  .union([z.array(Details), Details.transform((details) => [details])])
  .nullish()
  .catch(undefined);

/** The three spellings of usage: the SDK's `Usage`, the Responses API and its spans, and Chat Completions. */
const SdkUsage = z.looseObject({
  inputTokens: Tokens,
  outputTokens: Tokens,
  inputTokensDetails: DetailList,
  requests: Tokens,
  requestUsageEntries: z.array(z.unknown()).nullish().catch(undefined),
  input_tokens: Tokens,
  output_tokens: Tokens,
  input_tokens_details: DetailList,
  details: DetailList,
  prompt_tokens: Tokens,
  completion_tokens: Tokens,
  prompt_tokens_details: DetailList,
});

/** What the provider reported for one call. An SDK usage of 0 input tokens means that nothing was reported. */
export function usageOf(value: unknown): Usage | undefined {
  const parsed = SdkUsage.safeParse(value);
  if (!parsed.success) return undefined;
  const usage = parsed.data;
  // A usage that adds up several requests says nothing of the size of the last prompt; its last entry does.
  if ((usage.requests ?? 1) > 1) return usageOf(usage.requestUsageEntries?.at(-1));
  const inputTokens = usage.inputTokens ?? usage.input_tokens ?? usage.prompt_tokens ?? 0;
  if (inputTokens === 0) return undefined;
  const details =
    usage.inputTokensDetails ??
    usage.input_tokens_details ??
    usage.prompt_tokens_details ??
    usage.details ??
    [];
  return {
    inputTokens,
    outputTokens: usage.outputTokens ?? usage.output_tokens ?? usage.completion_tokens ?? undefined,
    cacheReadInputTokens: sum(details, ['cached_tokens', 'cached_input_tokens']),
    cacheWriteInputTokens: sum(details, ['cache_write_tokens', 'cache_write_input_tokens']),
  };
}

/** The sum of a detail under any of its names; `undefined` where nobody told it. */
function sum(
  details: readonly Readonly<Record<string, unknown>>[],
  names: readonly string[],
): number | undefined {
  const told = details.flatMap((detail) =>
    names.map((name) => detail[name]).filter((value) => typeof value === 'number'),
  );
  return told.length === 0 ? undefined : told.reduce((total, value) => total + value, 0);
}
