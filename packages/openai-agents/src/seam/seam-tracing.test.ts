import { setImmediate } from 'node:timers/promises';
import {
  Agent,
  createResponseSpan,
  Runner,
  setCurrentSpan,
  resetCurrentSpan,
  Usage,
} from '@openai/agents-core';
import type { Model, ModelRequest, RunConfig } from '@openai/agents-core';
import { assistantMessage, modelError, modelResponse, ScriptedModel } from '@openai/agents-core/testing';
import { context, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import { compactRunConfig } from '../compact-run-config.ts';
import { FakeCompactor } from '../testing/fake-compactor.ts';
import type { FakeStep } from '../testing/fake-compactor.ts';
import { traceAgents } from '../testing/trace-agents.ts';
import type { TracedAgents, TraceAgentsOptions } from '../testing/trace-agents.ts';

const usage = new Usage({
  requests: 1,
  inputTokens: 120,
  outputTokens: 8,
  totalTokens: 128,
  inputTokensDetails: { cached_tokens: 100 },
});
const answer = modelResponse({ output: [assistantMessage('Hello')], usage });
const agent = new Agent({ name: 'Ada', model: 'scripted-1' });

/** An engine whose every run has a span, as the observer of `tracing` makes it. */
function engineOf({ bridge, tracer }: TracedAgents, steps: readonly FakeStep[]): FakeCompactor {
  let count = 0;
  return new FakeCompactor(
    steps.map((step): FakeStep => {
      if (step instanceof Error) return step;
      return async (request) => {
        count += 1;
        const span = tracer.startSpan('compact.run', { attributes: { count } });
        bridge.onRunSpan(`run-${count}`, span.spanContext());
        span.end();
        return step(request);
      };
    }),
  );
}

function start(
  model: Model,
  steps: readonly FakeStep[],
  options: TraceAgentsOptions = {},
  config: Pick<Partial<RunConfig>, 'traceIncludeSensitiveData' | 'tracing'> = {},
): TracedAgents & { readonly runner: Runner } {
  const traced = traceAgents(options);
  const manager = engineOf(traced, steps);
  const provider = { getModel: () => model };
  const seam = compactRunConfig({
    manager,
    provider,
    bridge: traced.bridge,
    emitGenerationSpan: model instanceof ScriptedModel,
  });
  return { ...traced, runner: new Runner({ ...seam, ...config }) };
}

test.each([false, true])(
  'the compaction sits in the turn, before the call that links to it (stream: %s)',
  async (stream) => {
    for (const decorated of [true, false]) {
      const model = new ScriptedModel([answer]);
      const { runner, log } = start(
        model,
        [() => ({ outcome: 'compacted', items: [assistantMessage('s')] })],
        {
          decorated,
          capture: 'full',
        },
      );

      if (stream) await (await runner.run(agent, 'hi', { stream: true })).completed;
      else await runner.run(agent, 'hi');
      // The SDK ends the trace of a stream just after it says that the stream is complete.
      await setImmediate();

      expect(log.tree()).toEqual([
        'invoke_workflow Agent workflow',
        '  task Agent workflow',
        '    invoke_agent Ada',
        '      turn',
        '        compact.run',
        '        chat scripted-1',
      ]);
      const chat = log.get('chat scripted-1');
      expect(chat.kind).toBe(SpanKind.CLIENT);
      expect(chat.links.map((link) => link.context)).toEqual([log.get('compact.run').spanContext()]);
      expect(chat.attributes).toMatchObject({
        'gen_ai.conversation.compacted': true,
        'gen_ai.request.model': 'scripted-1',
        'gen_ai.usage.input_tokens': 120,
        'gen_ai.usage.output_tokens': 8,
        'gen_ai.usage.cache_read.input_tokens': 100,
        'gen_ai.output.messages': expect.stringContaining('Hello'),
      });
    }
  },
);

test('without the runner’s spans of tasks and turns it sits in the agent, and a failed run still fails its trace', async () => {
  const model = new ScriptedModel([answer, modelError(new RangeError('too long'))]);
  const config = { tracing: { includeTaskAndTurnSpans: false } };
  const { runner, log } = start(model, [() => ({}), () => ({})], { graceMillis: 0 }, config);

  await runner.run(agent, 'hi');
  await expect(runner.run(agent, 'hi')).rejects.toThrow('too long');
  await vi.waitFor(() => expect(log.ended.size).toBe(log.started.length));

  const tree = [
    'invoke_workflow Agent workflow',
    '  invoke_agent Ada',
    '    compact.run',
    '    chat scripted-1',
  ];
  expect(log.tree()).toEqual([...tree, ...tree]);
  const [fine, failed] = log.started.filter(({ name }) => name.startsWith('invoke_workflow'));
  expect([fine?.status.code, failed?.status.code]).toEqual([SpanStatusCode.UNSET, SpanStatusCode.ERROR]);
});

test.each([
  ['the session that the caller tells', { sessionId: 'conversation-7' }, {}, {}, 'conversation-7'],
  ['the group before that', { sessionId: 'conversation-7' }, { groupId: 'g' }, {}, 'g'],
  ['the conversation of the provider', {}, {}, { conversationId: 'conv_1' }, 'conv_1'],
  ['nothing that nobody has told', {}, {}, {}, undefined],
])('the conversation on every span is %s', async (_, seam, config, options, expected) => {
  const traced = traceAgents();
  const model = new ScriptedModel([answer]);
  const runner = new Runner({
    ...compactRunConfig({
      manager: FakeCompactor.idle(1),
      provider: { getModel: () => model },
      bridge: traced.bridge,
      emitGenerationSpan: true,
      ...seam,
    }),
    ...config,
  });
  await runner.run(agent, 'hi', options);

  const told = traced.log.started.map(({ attributes }) => attributes['gen_ai.conversation.id']);
  expect(told).toHaveLength(5);
  expect(new Set(told)).toEqual(new Set([expected]));
});

test('a splice that is applied again counts as compacted; a look that changes nothing is never marked', async () => {
  const model = new ScriptedModel([answer, answer]);
  const { runner, log } = start(model, [() => ({}), () => ({ reapplied: 'applied' as const })]);

  await runner.run(agent, 'hi');
  await runner.run(agent, 'hi');

  const [idle, again] = log.started.filter(({ name }) => name === 'chat scripted-1');
  expect(idle?.links).toEqual([]);
  expect(idle?.attributes).not.toHaveProperty('gen_ai.conversation.compacted');
  expect(again?.links).toHaveLength(1);
  expect(again?.attributes).toMatchObject({ 'gen_ai.conversation.compacted': true });
});

test('a call that fails is a failed span', async () => {
  const model = new ScriptedModel([
    modelError(new RangeError('too long')),
    modelError(new RangeError('again')),
  ]);
  const { runner, log } = start(model, [() => ({}), () => ({})], { capture: 'full' });

  await expect(runner.run(agent, 'hi')).rejects.toThrow('too long');
  await expect((await runner.run(agent, 'hi', { stream: true })).completed).rejects.toThrow('again');

  const chats = log.started.filter(({ name }) => name === 'chat scripted-1');
  expect(chats).toHaveLength(2);
  for (const chat of chats) {
    expect(log.ended).toContain(chat);
    expect(chat.status.code).toBe(SpanStatusCode.ERROR);
    expect(chat.attributes['error.type']).toBe('RangeError');
  }
});

test('a consumer that leaves a stream early leaves no span open', async () => {
  const model = new ScriptedModel([answer]);
  const { runner, log } = start(model, [() => ({})]);
  const result = await runner.run(agent, 'hi', { stream: true });

  for await (const _ of result) break;
  await result.completed;

  expect(log.ended).toContain(log.get('chat scripted-1'));
});

/** Traces itself as OpenAI's models do: the parent is told, and without data its span says nothing of the call. */
class SelfTracingModel implements Model {
  readonly #model = new ScriptedModel([answer]);

  async getResponse(request: ModelRequest) {
    const span = createResponseSpan(
      undefined,
      Reflect.get(Object(Reflect.get(request, '_internal')), 'tracingParent'),
    );
    span.start();
    const response = await this.#model.getResponse(request);
    span.end();
    return response;
  }

  async *getStreamedResponse(request: ModelRequest) {
    const span = createResponseSpan(
      undefined,
      Reflect.get(Object(Reflect.get(request, '_internal')), 'tracingParent'),
    );
    span.start();
    setCurrentSpan(span);
    yield* this.#model.getStreamedResponse(request);
    span.end();
    resetCurrentSpan();
  }
}

test.each([false, true])(
  'a model’s own span learns model, usage and compaction from the seam, without any content (stream: %s)',
  async (stream) => {
    const { runner, log } = start(
      new SelfTracingModel(),
      [() => ({ outcome: 'pruned_only', items: [assistantMessage('s')] })],
      {},
      { traceIncludeSensitiveData: false },
    );

    if (stream) await (await runner.run(agent, 'hi', { stream: true })).completed;
    else await runner.run(agent, 'hi');

    const chat = log.get('chat scripted-1');
    expect(log.ended).toContain(chat);
    expect(chat.links).toHaveLength(1);
    expect(chat.attributes).toMatchObject({
      'gen_ai.conversation.compacted': true,
      'gen_ai.usage.input_tokens': 120,
    });
    expect(JSON.stringify(chat.attributes)).not.toContain('Hello');
  },
);

test('without data the emitted span holds none either', async () => {
  const { runner, log } = start(
    new ScriptedModel([answer, modelError(new RangeError('secret'))]),
    [() => ({}), () => ({})],
    { capture: 'full' },
    { traceIncludeSensitiveData: false },
  );

  await runner.run(agent, 'hi');
  await expect(runner.run(agent, 'hi')).rejects.toThrow('secret');

  const [first, second] = log.started.filter(({ name }) => name === 'chat scripted-1');
  expect(first?.attributes).not.toHaveProperty('gen_ai.output.messages');
  expect(second?.status.message).not.toContain('secret');
  expect(second?.attributes['error.type']).toBe('RangeError');
});

test('what the inner model starts by itself is below its call', async () => {
  const traced: { current?: TracedAgents } = {};
  const scripted = new ScriptedModel([answer, answer]);
  class CallingModel extends ScriptedModel {
    override async getResponse(request: ModelRequest) {
      traced.current?.tracer.startSpan('POST /v1').end();
      return scripted.getResponse(request);
    }
  }
  for (const decorated of [true, false]) {
    const run = start(new CallingModel(), [() => ({})], { decorated });
    traced.current = run;
    await run.runner.run(agent, 'hi');
    expect(run.log.tree().slice(-2)).toEqual(['        chat scripted-1', '          POST /v1']);
  }
  expect(context.active()).toBeDefined();
});
