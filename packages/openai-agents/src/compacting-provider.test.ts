import {
  Agent,
  MemorySession,
  retryPolicies,
  Runner,
  setTraceProcessors,
  setTracingDisabled,
  tool,
  Usage,
  withTrace,
} from '@openai/agents-core';
import type { AgentInputItem, Model, ModelProvider, ModelRequest, RunConfig } from '@openai/agents-core';
import {
  assistantMessage,
  functionCall,
  modelError,
  modelResponse,
  ScriptedModel,
} from '@openai/agents-core/testing';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { compactRunConfig } from './compact-run-config.ts';
import { compactingProvider } from './compacting-provider.ts';
import { compactingModel } from './seam/compacting-model.ts';
import type { SeamOptions } from './seam/seam-options.ts';
import { FakeCompactor } from './testing/fake-compactor.ts';

beforeAll(() => {
  setTraceProcessors([]);
  setTracingDisabled(false);
});

const summary: AgentInputItem = assistantMessage('<COMPACT-SUMMARY v1> before');

/** Replaces everything but the last item by a summary. */
const compactToLast = ({ items }: { readonly items: readonly object[] }) => ({
  outcome: 'compacted' as const,
  items: [summary, ...items.slice(-1)],
});

const weather = tool({
  name: 'weather',
  description: 'The weather of a city',
  parameters: z.object({ city: z.string() }),
  execute: async ({ city }) => `${city}: rain`,
});

function runnerOf(model: Model, seam: SeamOptions, config: Partial<RunConfig> = {}): Runner {
  const provider: ModelProvider = { getModel: () => model };
  return new Runner({ ...compactRunConfig({ provider, ...seam }), ...config });
}

function inputsOf(model: ScriptedModel): ModelRequest['input'][] {
  return model.calls.map(({ request }) => request.input);
}

test('the model gets what the engine returned, and the caller keeps the whole history', async () => {
  const model = new ScriptedModel([[assistantMessage('one')], [assistantMessage('two')]]);
  const manager = new FakeCompactor([() => ({}), compactToLast]);
  const session = new MemorySession();
  const runner = runnerOf(model, { manager });
  const agent = new Agent({ name: 'Ada', instructions: 'Be brief.' });

  await runner.run(agent, 'first', { session });
  const result = await runner.run(agent, 'second', { session });

  expect(inputsOf(model)[1]).toEqual([summary, expect.objectContaining({ role: 'user', content: 'second' })]);
  const texts = [
    expect.objectContaining({ content: 'first' }),
    expect.objectContaining({ role: 'assistant' }),
  ];
  expect(await session.getItems()).toEqual([
    ...texts,
    expect.objectContaining({ content: 'second' }),
    expect.objectContaining({ role: 'assistant' }),
  ]);
  expect(result.history).toHaveLength(4);
  expect(JSON.stringify(result.history)).not.toContain('COMPACT-SUMMARY');
});

test('preflight is told the instructions, the schemas, the agent and the model of the call', async () => {
  const model = new ScriptedModel([[assistantMessage('done')]]);
  const manager = FakeCompactor.idle(1);
  const abort = new AbortController();
  const agent = new Agent({ name: 'Ada', instructions: 'Be brief.', model: 'gpt-5.2', tools: [weather] });

  await runnerOf(model, { manager, providerName: 'openai' }).run(agent, 'hi', { signal: abort.signal });

  expect(manager.requests).toEqual([
    expect.objectContaining({
      instructions: 'Be brief.',
      tools: { tools: [expect.objectContaining({ name: 'weather' })], handoffs: [], outputType: 'text' },
      agent: 'Ada',
      model: 'gpt-5.2',
      provider: 'openai',
      signal: abort.signal,
    }),
  ]);
});

test('a request that the engine leaves alone goes out as the very object that the runner made', async () => {
  const requests: ModelRequest[] = [];
  const inner: Model = {
    getResponse: async (request) => {
      requests.push(request);
      return { output: [], usage: new Usage() };
    },
    getStreamedResponse: () => {
      throw new Error('not streamed');
    },
  };
  const request = requestOf('hello');

  await compactingModel({ model: inner, manager: FakeCompactor.idle(1) }).getResponse(request);

  expect(requests[0]).toBe(request);
});

test('a string is one message of the user, and becomes items only where the engine changed it', async () => {
  const model = new ScriptedModel([[assistantMessage('done')]]);
  const manager = new FakeCompactor([() => ({ outcome: 'pruned_only', items: [summary] })]);

  await compactingModel({ model, manager }).getResponse(requestOf('hello'));

  expect(manager.requests[0]?.items).toEqual([{ type: 'message', role: 'user', content: 'hello' }]);
  expect(inputsOf(model)).toEqual([[summary]]);
});

test('each call of a tool loop is looked at', async () => {
  const model = new ScriptedModel([
    [functionCall('weather', { city: 'Oslo' }, { callId: 'c1' })],
    [assistantMessage('Rain.')],
  ]);
  const manager = new FakeCompactor([() => ({}), () => ({})]);

  const result = await runnerOf(model, { manager }).run(
    new Agent({ name: 'Ada', tools: [weather] }),
    'Oslo?',
  );

  expect(result.finalOutput).toBe('Rain.');
  expect(manager.requests.map(({ items }) => items.length)).toEqual([1, 3]);
  model.assertComplete();
});

test('after a handoff the same session goes on under the other agent', async () => {
  const model = new ScriptedModel([
    [functionCall('transfer_to_Bob', {}, { callId: 'c1' })],
    [assistantMessage('Bob here.')],
  ]);
  const manager = FakeCompactor.idle(2);
  const bob = new Agent({ name: 'Bob' });

  await runnerOf(model, { manager }).run(new Agent({ name: 'Ada', handoffs: [bob] }), 'hi');

  expect(manager.requests.map(({ agent }) => agent)).toEqual(['Ada', 'Bob']);
  expect(new Set(manager.requests.map(({ sessionId }) => sessionId)).size).toBe(1);
});

test('a streamed call is compacted too, and its events arrive unchanged', async () => {
  const usage = new Usage({ requests: 1, inputTokens: 70, outputTokens: 5, totalTokens: 75 });
  const model = new ScriptedModel([modelResponse({ output: [assistantMessage('Hello')], usage })]);
  const manager = new FakeCompactor([() => ({ outcome: 'compacted', items: [summary] })]);

  const result = await runnerOf(model, { manager }, { groupId: 'g' }).run(new Agent({ name: 'Ada' }), 'hi', {
    stream: true,
  });
  const types: string[] = [];
  for await (const event of result) if (event.type === 'raw_model_stream_event') types.push(event.data.type);
  await result.completed;

  expect(inputsOf(model)).toEqual([[summary]]);
  expect(types.at(0)).toBe('response_started');
  expect(types.at(-1)).toBe('response_done');
  expect(result.finalOutput).toBe('Hello');
  expect(manager.reports).toEqual([{ sessionId: 'g', usage: expect.objectContaining({ inputTokens: 70 }) }]);
});

test.each([false, true])(
  'the engine is asked once however often a call is retried (stream: %s)',
  async (stream) => {
    const failure = Object.assign(new Error('busy'), { status: 503 });
    const model = new ScriptedModel([
      modelError(failure),
      modelError(failure),
      [assistantMessage('At last.')],
    ]);
    const manager = new FakeCompactor([compactToLast]);
    const retry = { maxRetries: 3, policy: retryPolicies.httpStatus([503]), backoff: { initialDelayMs: 0 } };
    const runner = runnerOf(model, { manager }, { modelSettings: { retry, timeoutMs: 10_000 } });

    if (stream) {
      const result = await runner.run(new Agent({ name: 'Ada' }), 'hi', { stream: true });
      await result.completed;
    } else await runner.run(new Agent({ name: 'Ada' }), 'hi');

    expect(model.calls).toHaveLength(3);
    expect(manager.requests).toHaveLength(1);
    expect(new Set(inputsOf(model).map((input) => JSON.stringify(input))).size).toBe(1);
  },
);

test('the advice of the model on retries is asked of the model itself', async () => {
  const failure = new Error('busy');
  const advice = { suggested: true, replaySafety: 'safe' as const, retryAfterMs: 0 };
  const model = new ScriptedModel([modelError(failure, advice), [assistantMessage('ok')]]);
  const retry = { maxRetries: 1, policy: retryPolicies.providerSuggested() };
  const runner = runnerOf(
    model,
    { manager: new FakeCompactor([compactToLast]) },
    { modelSettings: { retry } },
  );

  const result = await runner.run(new Agent({ name: 'Ada' }), 'hi');

  expect(result.finalOutput).toBe('ok');
});

test('a preflight that fails is reported, and the call goes through as it came', async () => {
  const model = new ScriptedModel([[assistantMessage('still here')]]);
  const errors: unknown[] = [];
  const manager = new FakeCompactor([new Error('no disk')]);

  const result = await runnerOf(model, { manager, onError: (error) => errors.push(error) }).run(
    new Agent({ name: 'Ada' }),
    'hi',
  );

  expect(result.finalOutput).toBe('still here');
  expect(inputsOf(model)).toEqual([[expect.objectContaining({ content: 'hi' })]]);
  expect(errors).toEqual([expect.objectContaining({ message: 'no disk' })]);
  expect(manager.reports).toEqual([]);
});

test('items that the SDK could not read are a failure of the engine, not of the call', async () => {
  const model = new ScriptedModel([[assistantMessage('ok')]]);
  const errors: unknown[] = [];
  const manager = new FakeCompactor([() => ({ outcome: 'compacted', items: [{ nonsense: true }] })]);

  await runnerOf(model, { manager, onError: (error) => errors.push(error) }).run(
    new Agent({ name: 'Ada' }),
    'hi',
  );

  expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('dialect') })]);
});

test('a reporter, a session or a report that throws does not harm the call', async () => {
  const usage = new Usage({ inputTokens: 7 });
  const model = new ScriptedModel([
    modelResponse({ output: [assistantMessage('one')], usage }),
    modelResponse({ output: [assistantMessage('two')], usage }),
  ]);
  const manager = FakeCompactor.idle(2);
  manager.reportUsage = boom;
  const agent = new Agent({ name: 'Ada' });

  const first = await runnerOf(model, { manager, sessionId: boom, onError: boom }).run(agent, 'hi');
  const second = await runnerOf(model, { manager, onError: boom }).run(agent, 'hi');

  expect([first.finalOutput, second.finalOutput]).toEqual(['one', 'two']);
});

test('where the provider holds the history, nothing is touched', async () => {
  const model = new ScriptedModel([[assistantMessage('a')], [assistantMessage('b')]]);
  const runner = runnerOf(model, { manager: FakeCompactor.idle(0) });

  await runner.run(new Agent({ name: 'Ada' }), 'hi', { conversationId: 'conv_1' });
  await runner.run(new Agent({ name: 'Ada' }), 'hi', { previousResponseId: 'resp_1' });

  expect(model.calls).toHaveLength(2);
});

test('usage is reported with its cached part, and unknown usage is not', async () => {
  const usage = new Usage({
    requests: 1,
    inputTokens: 900,
    outputTokens: 20,
    totalTokens: 920,
    inputTokensDetails: { cached_tokens: 512 },
  });
  const model = new ScriptedModel([
    modelResponse({ output: [assistantMessage('one')], usage }),
    [assistantMessage('two')],
  ]);
  const manager = FakeCompactor.idle(2);
  const runner = runnerOf(model, { manager, sessionId: 's1' });
  const agent = new Agent({ name: 'Ada' });

  await runner.run(agent, 'hi');
  await runner.run(agent, 'hi');

  expect(manager.reports).toEqual([
    { sessionId: 's1', usage: { inputTokens: 900, outputTokens: 20, cacheReadInputTokens: 512 } },
  ]);
});

test('the session is what the caller says, else the group, else the trace, else the provider', async () => {
  const model = new ScriptedModel(Array.from({ length: 6 }, () => [assistantMessage('ok')]));
  const manager = FakeCompactor.idle(6);
  const agent = new Agent({ name: 'Ada' });
  const sessions = () => manager.requests.map(({ sessionId }) => sessionId);

  await runnerOf(model, { manager, sessionId: ({ input }) => `of ${input.length}` }).run(agent, 'hi');
  await withTrace('work', async () => runnerOf(model, { manager }).run(agent, 'hi'), { groupId: 'group_1' });
  await runnerOf(model, { manager }).run(agent, 'hi');
  setTracingDisabled(true);
  const untraced = runnerOf(model, { manager });
  await untraced.run(agent, 'hi');
  await untraced.run(agent, 'hi');
  await runnerOf(model, { manager }).run(agent, 'hi');
  setTracingDisabled(false);

  expect(sessions().slice(0, 2)).toEqual(['of 1', 'group_1']);
  expect(sessions()[2]).toMatch(/^trace_[0-9a-f]{32}$/);
  expect(sessions()[3]).toMatch(/^provider-/);
  expect(sessions()[4]).toBe(sessions()[3]);
  expect(sessions()[5]).not.toBe(sessions()[3]);
});

test('the agent may be told instead', async () => {
  const model = new ScriptedModel([[assistantMessage('a')], [assistantMessage('b')]]);
  const manager = FakeCompactor.idle(2);
  const named = compactingModel({ model, manager, agent: 'Ada' });

  await named.getResponse(requestOf('hi'));
  await compactingModel({ model, manager, agent: ({ input }) => `of ${input.length}` }).getResponse(
    requestOf('hi'),
  );

  expect(manager.requests.map(({ agent }) => agent)).toEqual(['Ada', 'of 2']);
});

test('an agent that runs as a tool has a session of its own', async () => {
  const inner = new ScriptedModel([[assistantMessage('found')]]);
  const outer = new ScriptedModel([
    [functionCall('research', { input: 'q' }, { callId: 'c1' })],
    [assistantMessage('done')],
  ]);
  const manager = FakeCompactor.idle(3);
  const provider = { getModel: async (name?: string) => (name === 'inner' ? inner : outer) };
  const researcher = new Agent({ name: 'Researcher', model: 'inner' });
  const agent = new Agent({
    name: 'Ada',
    tools: [researcher.asTool({ toolName: 'research', toolDescription: 'looks things up' })],
  });

  await new Runner({ ...compactRunConfig({ manager, provider }), groupId: 'g' }).run(agent, 'hi');

  expect(manager.requests.map(({ sessionId, agent: name }) => [sessionId, name])).toEqual([
    ['g', 'Ada'],
    [expect.stringMatching(/^g\.research\.[0-9a-f]{8}$/), 'Researcher'],
    ['g', 'Ada'],
  ]);
});

test('a list that was written to after its call is another prompt', async () => {
  const model = new ScriptedModel([
    [assistantMessage('a')],
    [assistantMessage('b')],
    [assistantMessage('c')],
  ]);
  const manager = FakeCompactor.idle(2);
  const compacting = compactingModel({ model, manager });
  const items: AgentInputItem[] = [{ role: 'user', content: 'one' }];
  const request = { ...requestOf(''), input: items };

  await compacting.getResponse(request);
  await compacting.getResponse({ ...request });
  expect(manager.requests).toHaveLength(1);

  items.push({ role: 'user', content: 'two' });
  await compacting.getResponse(request);
  expect(manager.requests).toHaveLength(2);
});

test('a preparation that an abort cut short is made again for the next attempt', async () => {
  const model = new ScriptedModel([[assistantMessage('a')]]);
  const abort = new AbortController();
  const manager = new FakeCompactor([
    () => {
      abort.abort();
      return { outcome: 'aborted' };
    },
    compactToLast,
  ]);
  const compacting = compactingModel({ model, manager });
  const request = { ...requestOf(''), input: [{ role: 'user' as const, content: 'one' }] };

  await expect(compacting.getResponse({ ...request, signal: abort.signal })).rejects.toThrow('aborted');
  await compacting.getResponse(request);

  expect(manager.requests).toHaveLength(2);
});

test('a model stays what the SDK takes it for', async () => {
  class FancyChatCompletionsModel extends ScriptedModel {
    readonly supportsPromptModelSelection = true;
    readonly #secret = 'secret';
    get secret(): string {
      return this.#secret;
    }
  }
  const model = Object.freeze(new FancyChatCompletionsModel([]));
  const provider = compactingProvider({
    manager: FakeCompactor.idle(0),
    provider: { getModel: () => model },
  });
  const wrapped = await provider.getModel('gpt-5.2');

  expect(wrapped.constructor.name).toBe('FancyChatCompletionsModel');
  expect(wrapped).toBeInstanceOf(ScriptedModel);
  expect(wrapped.supportsPromptModelSelection).toBe(true);
  expect(Reflect.get(wrapped, 'secret')).toBe('secret');
  expect('getRetryAdvice' in wrapped).toBe(true);
  expect(Reflect.set(wrapped, 'extra', 1)).toBe(false);
  expect(await provider.getModel('gpt-5.2')).toBe(wrapped);
  expect(await provider.getModel('gpt-5')).not.toBe(wrapped);
});

test('a frozen plain model is intercepted all the same', async () => {
  const model: Model = Object.freeze({
    getResponse: async () => ({ output: [], usage: new Usage() }),
    getStreamedResponse: () => {
      throw new Error('not streamed');
    },
  });
  const manager = FakeCompactor.idle(1);

  await compactingModel({ model, manager }).getResponse(requestOf('hi'));

  expect(manager.requests).toHaveLength(1);
});

test('without a provider the models are those of the SDK’s default provider', () => {
  const { modelProvider } = compactRunConfig({ manager: FakeCompactor.idle(0) });

  expect(() => modelProvider.getModel('gpt-5')).toThrow('No default model provider');
});

function requestOf(input: string): ModelRequest {
  return { input, modelSettings: {}, tools: [], outputType: 'text', handoffs: [], tracing: false };
}

function boom(): never {
  throw new Error('boom');
}
