import { CompactManager, agents } from '@clew/core';
import type { AgentItem, SummaryRequest } from '@clew/core';
import { RecordingObserver, writtenSummary } from '@clew/core/testing';
import type { ModelProvider } from '@openai/agents-core';
import { afterEach, expect, test, vi } from 'vitest';
import { chatBody, errorBody, loopbackOpenAI, outputText, responseBody } from './loopback-openai.fixture.ts';
import type { Reply } from './loopback-openai.fixture.ts';
import { modelSummarizer } from './model-summarizer.ts';

const request: SummaryRequest = {
  sessionId: 's1',
  strategy: 'task_state',
  instructions: 'Summarise.',
  prompt: 'The transcript.',
  maxTokens: 300,
  temperature: 0,
  seed: 7,
};
const { signal } = new AbortController();

const opened: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

async function serve(replies: readonly Reply[]) {
  const server = await loopbackOpenAI(replies);
  opened.push(server);
  return server;
}

const writer = (provider: ModelProvider, name: string) =>
  modelSummarizer({ model: () => provider.getModel(name), name });

test('a model that reasons gets no temperature, and room to think beside the summary', async () => {
  const { received, responses } = await serve([responseBody(outputText('In short: …'))]);

  const draft = await writer(responses, 'gpt-5').summarize(request, signal);

  expect(draft).toEqual({
    text: 'In short: …',
    model: 'gpt-5',
    usage: { inputTokens: 900, outputTokens: 80, cacheReadInputTokens: 300 },
    refused: false,
  });
  expect(received).toHaveLength(1);
  expect(received[0]?.path).toBe('/v1/responses');
  expect(received[0]?.body).toMatchObject({
    model: 'gpt-5',
    instructions: 'Summarise.',
    max_output_tokens: 345 + 8192,
    reasoning: { effort: 'low' },
    tools: [],
  });
  for (const field of ['temperature', 'seed', 'previous_response_id', 'conversation']) {
    expect(received[0]?.body).not.toHaveProperty(field);
  }
});

test('any other model gets the temperature; one that refuses it is asked once more, and learns', async () => {
  const refusal = errorBody(400, {
    message: "Unsupported parameter: 'temperature' is not supported with this model.",
  });
  const answer = responseBody(outputText('ok'));
  const { received, responses } = await serve([refusal, answer, answer]);
  const summarizer = writer(responses, 'house-model');

  expect(await summarizer.summarize(request, signal)).toMatchObject({ text: 'ok' });
  await summarizer.summarize(request, signal);

  expect(received.map(({ body }) => body['temperature'])).toEqual([0, undefined, undefined]);
  expect(received[0]?.body).toMatchObject({ max_output_tokens: 345 });
  expect(received[0]?.body).not.toHaveProperty('seed');
});

test('a seed is sent where the API has one', async () => {
  const { received, chatCompletions } = await serve([chatBody('ok')]);

  await writer(chatCompletions, 'gpt-4.1-mini').summarize(request, signal);

  expect(received[0]).toMatchObject({
    path: '/v1/chat/completions',
    body: { seed: 7, temperature: 0, max_tokens: 345 },
  });
});

test('a refusal is told as one', async () => {
  const { responses } = await serve([responseBody({ type: 'refusal', refusal: 'I cannot.' })]);

  expect(await writer(responses, 'gpt-4.1').summarize(request, signal)).toMatchObject({
    refused: true,
    text: 'I cannot.',
  });
});

test('an answer that was cut off is told as one, and the next gets more room', async () => {
  const cut = responseBody(outputText('In sho'), {
    status: 'incomplete',
    incomplete_details: { reason: 'max_output_tokens' },
  });
  const { received, responses } = await serve([cut, cut, responseBody(outputText('whole'))]);
  const summarizer = writer(responses, 'gpt-5-mini');

  expect(await summarizer.summarize(request, signal)).toMatchObject({ truncated: true, text: '' });
  expect(await summarizer.summarize(request, signal)).toMatchObject({ truncated: true });
  expect(await summarizer.summarize(request, signal)).toMatchObject({ text: 'whole' });
  expect(received.map(({ body }) => body['max_output_tokens'])).toEqual([
    345 + 8192,
    345 + 16_384,
    345 + 32_768,
  ]);
});

test('so is one of Chat Completions, with or without a text', async () => {
  const { received, chatCompletions } = await serve([
    chatBody('In sho', 'length'),
    chatBody('', 'length'),
    chatBody('ok'),
  ]);
  const summarizer = writer(chatCompletions, 'gpt-4.1-mini');

  expect(await summarizer.summarize(request, signal)).toMatchObject({ truncated: true, text: 'In sho' });
  expect(await summarizer.summarize(request, signal)).toMatchObject({ truncated: true, text: '' });
  expect(await summarizer.summarize(request, signal)).not.toHaveProperty('truncated');
  expect(received.map(({ body }) => body['max_tokens'])).toEqual([345, 345 + 2048, 345 + 4096]);
});

test('what a filter took away is a refusal', async () => {
  const { chatCompletions } = await serve([chatBody('', 'content_filter')]);

  expect(await writer(chatCompletions, 'gpt-4.1-mini').summarize(request, signal)).toMatchObject({
    refused: true,
  });
});

test('the call ends with its signal, on the wire too', async () => {
  const server = await serve([undefined]);
  const stop = new AbortController();
  const call = writer(server.responses, 'gpt-4.1').summarize(request, stop.signal);
  const outcome = call.catch((error: unknown) => error);
  await vi.waitFor(() => {
    expect(server.received).toHaveLength(1);
  });

  stop.abort();

  expect(String(await outcome)).toMatch(/abort/iu);
  await vi.waitFor(() => {
    expect(server.abandoned()).toBe(1);
  });
});

test('the engine waits as long as the provider asks, then tries its fallback model', async () => {
  const busy = errorBody(
    429,
    { message: 'Rate limit reached', code: 'rate_limit_exceeded' },
    { 'retry-after': '2' },
  );
  const noKey = errorBody(401, { message: 'Incorrect API key provided' });
  const { received, responses } = await serve([
    busy,
    noKey,
    responseBody(outputText(writtenSummary('- go on'))),
  ]);
  const observer = new RecordingObserver();
  const waits: number[] = [];
  const manager = new CompactManager<AgentItem>({
    model: 'gpt-5',
    maxContextTokens: 4000,
    dialect: agents,
    observer,
    policy: { hardCapBuffer: 100, ladder: ['summarize'] },
    summarizer: { ...writer(responses, 'gpt-5'), maxInputTokens: 100_000 },
    fallbackSummarizers: [{ ...writer(responses, 'gpt-4.1-nano'), maxInputTokens: 100_000 }],
    random: () => 0,
    sleep: async (millis) => {
      waits.push(millis);
    },
  });
  const items = Array.from({ length: 40 }, (_, index): AgentItem => ({
    type: 'message',
    role: 'user',
    content: `Question ${index}: ${'why so '.repeat(40)}`,
  }));

  const result = await manager.preflight({ sessionId: 's', items });

  expect(result).toMatchObject({ outcome: 'compacted', attempts: 3 });
  expect(waits).toEqual([2000]);
  expect(received.map(({ body }) => body['model'])).toEqual(['gpt-5', 'gpt-5', 'gpt-4.1-nano']);
  expect(observer.runs[0]?.steps.flatMap((step) => (step.name === 'error' ? [step.fallback] : []))).toEqual([
    'retry',
    'fallback-model',
  ]);
});
