import {
  setTraceProcessors,
  setTracingDisabled,
  Usage,
  withResponseSpan,
  withTrace,
} from '@openai/agents-core';
import type { AgentOutputItem, Model } from '@openai/agents-core';
import { assistantMessage, modelError, modelResponse, ScriptedModel } from '@openai/agents-core/testing';
import type { SummaryRequest } from '@clew/core';
import { beforeAll, expect, test } from 'vitest';
import { modelSummarizer } from './model-summarizer.ts';
import { compactingModel } from './seam/compacting-model.ts';
import { FakeCompactor } from './testing/fake-compactor.ts';

beforeAll(() => {
  setTraceProcessors([]);
  setTracingDisabled(false);
});

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
const refusal: AgentOutputItem = {
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'refusal', refusal: 'I cannot help with that.' }],
};

test('one call without tools gives the text and the usage', async () => {
  const usage = new Usage({ requests: 1, inputTokens: 400, outputTokens: 30, totalTokens: 430 });
  const model = new ScriptedModel([modelResponse({ output: [assistantMessage('In short: …')], usage })]);
  const summarizer = modelSummarizer({ model, name: 'gpt-4.1-mini', modelSettings: { store: false } });

  expect(await summarizer.summarize(request, signal)).toEqual({
    text: 'In short: …',
    model: 'gpt-4.1-mini',
    usage: { inputTokens: 400, outputTokens: 30 },
    refused: false,
  });
  expect([summarizer.name, summarizer.model]).toEqual(['gpt-4.1-mini', 'gpt-4.1-mini']);
  expect(model.firstCall?.request).toMatchObject({
    systemInstructions: 'Summarise.',
    input: [{ role: 'user', content: 'The transcript.' }],
    modelSettings: { temperature: 0, maxTokens: 345, store: false },
    tools: [],
    handoffs: [],
    tracing: false,
  });
});

test('a model that refuses the temperature is not given one', async () => {
  const model = new ScriptedModel([[assistantMessage('ok')]]);

  await modelSummarizer({ model, name: 'o', temperature: null }).summarize(request, signal);

  expect(model.firstCall?.request.modelSettings).not.toHaveProperty('temperature');
});

test('a refusal is told as one, with its words', async () => {
  const model = new ScriptedModel([[refusal], [refusal, assistantMessage('But here.')], []]);
  const summarizer = modelSummarizer({ model: async () => model, name: 'm' });

  expect(await summarizer.summarize(request, signal)).toMatchObject({
    text: 'I cannot help with that.',
    refused: true,
  });
  expect(await summarizer.summarize(request, signal)).toMatchObject({ text: 'But here.', refused: false });
  expect(await summarizer.summarize(request, signal)).toMatchObject({ text: '', refused: false });
});

test('a failing model rejects, and an aborted signal never calls it', async () => {
  const model = new ScriptedModel([modelError(new Error('no quota'))]);
  const summarizer = modelSummarizer({ model, name: 'm' });

  await expect(summarizer.summarize(request, signal)).rejects.toThrow('no quota');
  await expect(summarizer.summarize(request, AbortSignal.abort())).rejects.toThrow('abort');
  expect(model.calls).toHaveLength(1);
});

test.each([true, false])(
  'the SDK traces nothing of it, even a model that always does (in a trace: %s)',
  async (inside) => {
    const kinds: string[] = [];
    setTraceProcessors([
      {
        onTraceStart: async () => {},
        onTraceEnd: async () => {},
        onSpanStart: async ({ spanData }) => void kinds.push(spanData.type),
        onSpanEnd: async () => {},
        shutdown: async () => {},
        forceFlush: async () => {},
      },
    ]);
    const model: Model = {
      // OpenAI's models make this span whatever the request says of tracing.
      getResponse: async () =>
        withResponseSpan(async () => ({ output: [assistantMessage('ok')], usage: new Usage() })),
      getStreamedResponse: () => {
        throw new Error('not streamed');
      },
    };
    const summarize = async () => modelSummarizer({ model, name: 'm' }).summarize(request, signal);

    const draft = inside ? await withTrace('work', summarize) : await summarize();

    expect(draft.text).toBe('ok');
    expect(kinds).toEqual([]);
  },
);

test('a compacting model that writes a summary is not compacted itself', async () => {
  const model = compactingModel({
    model: new ScriptedModel([[assistantMessage('ok')]]),
    manager: FakeCompactor.idle(0),
  });

  expect(await modelSummarizer({ model, name: 'm' }).summarize(request, signal)).toMatchObject({
    text: 'ok',
  });
});
