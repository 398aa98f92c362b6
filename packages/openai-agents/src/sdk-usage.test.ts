import { Usage } from '@openai/agents-core';
import { expect, test } from 'vitest';
import { usageOf } from './sdk-usage.ts';

test('the SDK, the Responses API and Chat Completions spell the same usage', () => {
  const usage = { inputTokens: 100, outputTokens: 9, cacheReadInputTokens: 64 };

  expect(
    usageOf(
      new Usage({
        requests: 1,
        inputTokens: 100,
        outputTokens: 9,
        inputTokensDetails: { cached_tokens: 64 },
      }),
    ),
  ).toEqual(usage);
  expect(
    usageOf({ input_tokens: 100, output_tokens: 9, input_tokens_details: { cached_tokens: 64 } }),
  ).toEqual(usage);
  expect(
    usageOf({ prompt_tokens: 100, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 64 } }),
  ).toEqual(usage);
});

test('nothing cached is 0 where it was told, and unknown where it was not', () => {
  expect(usageOf({ inputTokens: 5, inputTokensDetails: [{ cached_tokens: 0 }] })?.cacheReadInputTokens).toBe(
    0,
  );
  expect(usageOf({ inputTokens: 5, inputTokensDetails: [{}] })?.cacheReadInputTokens).toBeUndefined();
  expect(usageOf({ inputTokens: 5, inputTokensDetails: 'none' })?.cacheReadInputTokens).toBeUndefined();
});

test('a sum over several requests tells the last one', () => {
  const sum = new Usage({ requests: 1, inputTokens: 100, outputTokens: 1, totalTokens: 101 });
  sum.add(new Usage({ requests: 1, inputTokens: 30, outputTokens: 2, totalTokens: 32 }));

  expect(usageOf(sum)).toMatchObject({ inputTokens: 30, outputTokens: 2 });
});

test.each([undefined, null, 'x', {}, new Usage(), { input_tokens: -1 }, { requests: 2, inputTokens: 9 }])(
  'usage %j is unknown',
  (value) => expect(usageOf(value)).toBeUndefined(),
);
