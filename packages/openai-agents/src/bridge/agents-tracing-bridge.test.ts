import {
  addTraceProcessor,
  Agent,
  createCustomSpan,
  createGenerationSpan,
  getCurrentTrace,
  getGlobalTraceProvider,
  Runner,
  setTraceProcessors,
  setTracingDisabled,
  tool,
  withAgentSpan,
  withCustomSpan,
  withFunctionSpan,
  withGenerationSpan,
  withGuardrailSpan,
  withMCPListToolsSpan,
  withResponseSpan,
  withSpeechSpan,
  withTrace,
  withTranscriptionSpan,
} from '@openai/agents-core';
import type { Trace, TracingProcessor } from '@openai/agents-core';
import { assistantMessage, functionCall, modelError, ScriptedModel } from '@openai/agents-core/testing';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { traceAgents } from '../testing/trace-agents.ts';
import { bridgeAgentsTracing, installBridge } from './bridge-agents-tracing.ts';

afterEach(() => vi.useRealTimers());

const idle: TracingProcessor = {
  onTraceStart: async () => {},
  onTraceEnd: async () => {},
  onSpanStart: async () => {},
  onSpanEnd: async () => {},
  shutdown: async () => {},
  forceFlush: async () => {},
};

const redact = (text: string) => ({ text: text.replaceAll('s3cret', '<REDACTED>'), count: 0 });

test('a run becomes a tree under a real root with the trace id of the SDK', async () => {
  const { log, tracer } = traceAgents();
  const model = new ScriptedModel([
    [functionCall('weather', { city: 'Oslo' }, { callId: 'c1' })],
    [functionCall('transfer_to_Bob', {}, { callId: 'c2' })],
    [assistantMessage('done')],
  ]);
  let sdkTrace: Trace | null = null;
  const weather = tool({
    name: 'weather',
    description: 'the weather',
    parameters: z.object({ city: z.string() }),
    execute: async () => {
      sdkTrace = getCurrentTrace();
      tracer.startSpan('GET /weather').end();
      return 'rain';
    },
  });
  const ada = new Agent({
    name: 'Ada',
    model,
    tools: [weather],
    handoffs: [new Agent({ name: 'Bob', model })],
  });

  await new Runner({ groupId: 'g1', traceMetadata: { tenant: 'acme' } }).run(ada, 'hi');

  expect(log.tree()).toEqual([
    'invoke_workflow Agent workflow',
    '  task Agent workflow',
    '    invoke_agent Ada',
    '      turn',
    '        execute_tool weather',
    '          GET /weather',
    '      turn',
    '        handoff Bob',
    '    invoke_agent Bob',
    '      turn',
  ]);
  const root = log.get('invoke_workflow Agent workflow');
  expect(root.parentSpanContext).toBeUndefined();
  expect(new Set(log.started.map((span) => span.spanContext().traceId))).toEqual(
    new Set([String(Reflect.get(Object(sdkTrace), 'traceId')).replace('trace_', '')]),
  );
  expect(root.attributes).toMatchObject({
    'gen_ai.operation.name': 'invoke_workflow',
    'gen_ai.conversation.id': 'g1',
    'openai.agents.group_id': 'g1',
    'openai.agents.trace_id': Reflect.get(Object(sdkTrace), 'traceId'),
    'openai.agents.metadata.tenant': 'acme',
  });
  expect(log.get('invoke_agent Ada')).toMatchObject({
    kind: SpanKind.INTERNAL,
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'Ada',
      'gen_ai.conversation.id': 'g1',
      'openai.agents.span_id': expect.stringMatching(/^span_/),
      'openai.agents.tools': ['weather'],
      'openai.agents.handoffs': ['Bob'],
    },
  });
  expect(log.get('execute_tool weather').attributes).toMatchObject({
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'weather',
  });
  expect(log.get('handoff Bob').attributes).toMatchObject({ 'openai.agents.handoff.from': 'Ada' });
});

test('spans start and end when the SDK says', async () => {
  const { log } = traceAgents();
  const times: (string | null)[] = [];

  await withTrace('work', async () => {
    const span = await withCustomSpan(async (custom) => custom, { data: { name: 'step' } });
    times.push(span.startedAt, span.endedAt);
  });

  const { startTime, endTime } = log.get('step');
  expect([iso(startTime), iso(endTime)]).toEqual(times);
});

test('every kind of span has a name, a kind and its facts', async () => {
  const { log } = traceAgents({ provider: 'acme', capture: 'full' });

  await withTrace('work', async () => {
    await withGenerationSpan(
      async ({ spanData }) => {
        spanData.usage = {
          input_tokens: 90,
          output_tokens: 7,
          details: { cached_tokens: 64, cache_write_tokens: 8 },
        };
        spanData.output = [
          { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'hi' }] },
        ];
      },
      { data: { model: 'm-1' } },
    );
    await withResponseSpan(async ({ spanData }) => {
      spanData.response_id = 'resp_1';
      spanData._response = {
        id: 'resp_1',
        model: 'm-2-2026',
        usage: { input_tokens: 10, output_tokens: 2, input_tokens_details: { cached_tokens: 0 } },
        output: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }],
      };
    });
    await withGuardrailSpan(async () => {}, { data: { name: 'polite', triggered: true } });
    await withMCPListToolsSpan(async ({ spanData }) => void (spanData.result = ['read']), {
      data: { server: 'fs' },
    });
    await withCustomSpan(async () => {}, { data: { name: 'mine', data: { a: 1 } } });
  });

  const root = log.get('invoke_workflow work').spanContext();
  expect(log.started.slice(1).every((span) => span.parentSpanContext?.spanId === root.spanId)).toBe(true);
  expect(log.get('chat m-1')).toMatchObject({
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'acme',
      'gen_ai.request.model': 'm-1',
      'gen_ai.usage.input_tokens': 90,
      'gen_ai.usage.output_tokens': 7,
      'gen_ai.usage.cache_read.input_tokens': 64,
      'gen_ai.usage.cache_creation.input_tokens': 8,
      'gen_ai.output.messages': JSON.stringify([
        { role: 'assistant', parts: [{ type: 'text', content: 'hi' }], finish_reason: 'stop' },
      ]),
    },
  });
  expect(log.get('chat m-2-2026').attributes).toMatchObject({
    'gen_ai.response.model': 'm-2-2026',
    'gen_ai.response.id': 'resp_1',
    'gen_ai.usage.input_tokens': 10,
    'gen_ai.usage.cache_read.input_tokens': 0,
    'gen_ai.output.messages': expect.stringContaining('"tool_call"'),
  });
  expect(log.get('guardrail polite').attributes).toMatchObject({ 'openai.agents.guardrail.triggered': true });
  expect(log.get('tools/list fs')).toMatchObject({
    kind: SpanKind.CLIENT,
    attributes: { 'mcp.method.name': 'tools/list', 'openai.agents.mcp.tools': ['read'] },
  });
  expect(log.get('mine').attributes).toMatchObject({ 'openai.agents.data': '{"a":1}' });
});

test.each([
  ['none', undefined, undefined],
  ['redacted', '{"key":"<REDACTED>"}', 'the key is <REDACTED>'],
  ['full', '{"key":"s3cret"}', 'the key is s3cret'],
] as const)('content leaves as capture %s allows', async (capture, input, output) => {
  const { log } = traceAgents({ capture, redact });
  const work = withTrace('work', async () =>
    withFunctionSpan(
      async ({ spanData }) => {
        spanData.output = 'the key is s3cret';
        throw new RangeError('s3cret is out of range');
      },
      { data: { name: 'open', input: '{"key":"s3cret"}' } },
    ),
  );
  await expect(work).rejects.toThrow(RangeError);

  const { attributes, status } = log.get('execute_tool open');
  expect(attributes['gen_ai.tool.call.arguments']).toBe(input);
  expect(attributes['gen_ai.tool.call.result']).toBe(output);
  expect(status.code).toBe(SpanStatusCode.ERROR);
  expect(status.message).toBe(
    capture === 'none'
      ? undefined
      : redact('s3cret is out of range').text.replace(
          '<REDACTED>',
          capture === 'full' ? 's3cret' : '<REDACTED>',
        ),
  );
});

test.each(['none', 'redacted'] as const)(
  'capture %s: no secret leaves by any field of any span',
  async (capture) => {
    const { log } = traceAgents({ capture, redact });
    const text = 'it is s3cret';
    const error = { message: text, data: { error: `TypeError: ${text}` } };
    const message = {
      role: 'assistant',
      content: [
        { type: 'output_text', text },
        { type: 'refusal', refusal: text },
      ],
    };
    const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: `{"key":"s3cret"}` };

    await withTrace('work', async () => {
      await withGenerationSpan(
        async (span) => {
          span.spanData.input = [{ role: 'user', content: text }];
          span.spanData.output = [message, call];
        },
        { data: { model: 'm', model_config: { stop: text } } },
      );
      await withGenerationSpan(async ({ spanData }) => {
        const told = { content: text, refusal: text, tool_calls: [{ id: 'c', function: call }] };
        spanData.output = [{ choices: [{ finish_reason: 'stop', message: told }] }];
      });
      await withResponseSpan(async ({ spanData }) => {
        spanData._input = text;
        spanData._response = { instructions: text, output: [message, call] };
      });
      await withFunctionSpan(async (span) => span.setError(error), {
        data: { name: 'f', input: text, output: text, mcp_data: text },
      });
      await withCustomSpan(async (span) => span.setError(error), { data: { name: 'c', data: { text } } });
      await withTranscriptionSpan(async () => {}, {
        data: { input: { data: text, format: 'pcm' }, output: text },
      });
      await withSpeechSpan(async () => {}, { data: { input: text, output: { data: text, format: 'pcm' } } });
    });

    const told = JSON.stringify(
      log.started.map(({ name, attributes, status }) => [name, attributes, status]),
    );
    expect(told).not.toContain('s3cret');
    expect(told.includes('it is <REDACTED>')).toBe(capture === 'redacted');
    expect(log.started).toHaveLength(8);
  },
);

test('redaction without a redactor lets nothing leave, and long content is cut', async () => {
  const safe = traceAgents();
  await withTrace('work', async () => withFunctionSpan(async () => {}, { data: { name: 'a', input: 'x' } }));
  expect(safe.log.get('execute_tool a').attributes).not.toHaveProperty('gen_ai.tool.call.arguments');

  const open = traceAgents({ capture: 'full' });
  const input = 'x'.repeat(20_000);
  await withTrace('work', async () => withFunctionSpan(async () => {}, { data: { name: 'a', input } }));
  expect(String(open.log.get('execute_tool a').attributes['gen_ai.tool.call.arguments'])).toHaveLength(
    16_385,
  );
});

test('a run that throws leaves a failed root, after the grace period', async () => {
  vi.useFakeTimers();
  const { log } = traceAgents({ graceMillis: 500, capture: 'full' });
  const model = new ScriptedModel([modelError(new TypeError('no'))]);

  await expect(new Runner().run(new Agent({ name: 'Ada', model }), 'hi')).rejects.toThrow('no');
  expect(log.tree()[0]).toBe('invoke_workflow Agent workflow …');
  vi.advanceTimersByTime(500);

  const root = log.get('invoke_workflow Agent workflow');
  expect(log.tree()).toEqual([
    'invoke_workflow Agent workflow',
    '  task Agent workflow',
    '    invoke_agent Ada',
    '      turn',
  ]);
  expect(root.status.code).toBe(SpanStatusCode.ERROR);
  expect(root.attributes['error.type']).toBe('TypeError');
  expect(root.endTime).toEqual(log.get('task Agent workflow').endTime);
});

test('a failed run that is tried again in its trace goes on under the same root', async () => {
  vi.useFakeTimers();
  const { log } = traceAgents({ graceMillis: 500 });
  const model = new ScriptedModel([modelError(new Error('no')), [assistantMessage('yes')]]);
  const agent = new Agent({ name: 'Ada', model });

  await withTrace('work', async () => {
    await expect(new Runner().run(agent, 'hi')).rejects.toThrow('no');
    vi.advanceTimersByTime(100);
    await new Runner().run(agent, 'hi');
    vi.advanceTimersByTime(1000);
    expect(log.tree()[0]).toBe('invoke_workflow work …');
  });

  expect(log.tree()[0]).toBe('invoke_workflow work');
  expect(log.get('invoke_workflow work').status.code).toBe(SpanStatusCode.UNSET);
});

test('a flush ends what a failed run left open, and only that', async () => {
  const { log } = traceAgents();
  const failing = new Agent({ name: 'Ada', model: new ScriptedModel([modelError(new Error('no'))]) });
  await expect(new Runner({ workflowName: 'failed' }).run(failing, 'hi')).rejects.toThrow('no');

  await withTrace('alive', async () => {
    await getGlobalTraceProvider().forceFlush();
    expect(log.ended).toContain(log.get('invoke_workflow failed'));
    expect(log.ended).not.toContain(log.get('invoke_workflow alive'));
  });
});

test('a shutdown ends everything that is open', async () => {
  const { bridge, log } = traceAgents();

  await withTrace('work', async () => {
    createCustomSpan({ data: { name: 'hangs' } }).start();
    await bridge.shutdown();
  });

  expect(log.tree()).toEqual(['invoke_workflow work', '  hangs']);
});

test('traces that nobody ends do not pile up', async () => {
  const { bridge, log } = traceAgents();
  const provider = getGlobalTraceProvider();

  for (let count = 0; count < 1001; count += 1) {
    await bridge.onTraceStart(provider.createTrace({ name: `t${count}` }));
  }

  expect(log.ended.size).toBe(1);
});

test('a span whose parent’s start never reached the bridge still finds its place', async () => {
  const { bridge, log } = traceAgents({ decorated: false });
  setTraceProcessors([
    {
      ...idle,
      onTraceStart: async (sdk) => bridge.onTraceStart(sdk),
      onTraceEnd: async (sdk) => bridge.onTraceEnd(sdk),
      onSpanStart: async (span) => (span.spanData.type === 'agent' ? undefined : bridge.onSpanStart(span)),
      onSpanEnd: async (span) => bridge.onSpanEnd(span),
    },
  ]);

  await withTrace('work', async () =>
    withAgentSpan(async () => withCustomSpan(async () => {}, { data: { name: 'inner' } }), {
      data: { name: 'Ada' },
    }),
  );

  expect(log.tree()).toEqual(['invoke_workflow work', '  invoke_agent Ada', '    inner']);
});

test('without the start of a trace its spans make a root for themselves', async () => {
  const { bridge, log } = traceAgents();
  setTraceProcessors([]);

  await withTrace('work', async () => {
    await withAgentSpan(
      async () => {
        addTraceProcessor(bridge);
        await withCustomSpan(async () => {}, { data: { name: 'late' } });
      },
      { data: { name: 'Ada' } },
    );
  });

  expect(log.tree()).toEqual(['invoke_workflow work', '  invoke_agent Ada', '    late']);
});

test('the bridge is added beside the processors of the user', async () => {
  const seen: string[] = [];
  const user: TracingProcessor = { ...idle, onTraceStart: async ({ name }) => void seen.push(name) };
  const { tracer, log } = traceAgents();
  setTraceProcessors([user]);
  installBridge(bridgeAgentsTracing({ tracer }));

  await withTrace('work', async () => {});

  expect(seen).toEqual(['work']);
  expect(log.tree()).toEqual(['invoke_workflow work']);
});

test('a bridge that fails starves nobody and is reported', async () => {
  const errors: unknown[] = [];
  const seen: string[] = [];
  const { tracer } = traceAgents({ decorated: false });
  const broken = Object.assign(Object.create(tracer), {
    startSpan: () => {
      throw new Error('broken tracer');
    },
  });
  const after: TracingProcessor = {
    ...idle,
    onTraceEnd: async ({ name }) => void seen.push(`-${name}`),
    onSpanStart: async ({ spanData }) => void seen.push(`+${spanData.type}`),
  };
  const bridge = bridgeAgentsTracing({
    tracer: broken,
    onError: (error) => {
      errors.push(error);
      throw new Error('a reporter that throws');
    },
  });
  setTraceProcessors([bridge, after]);

  await withTrace('work', async () => {
    await withCustomSpan(async () => expect(bridge.contextOf()).toBe(context.active()), {
      data: { name: 'a' },
    });
  });

  expect(seen).toEqual(['+custom', '-work']);
  expect(errors.length).toBeGreaterThan(0);
});

test('a disabled tracing makes no spans and no context', async () => {
  const { bridge, log } = traceAgents();
  setTracingDisabled(true);

  await withTrace('work', async () => {
    await withCustomSpan(async () => expect(bridge.contextOf()).toBe(context.active()), {
      data: { name: 'a' },
    });
  });

  setTracingDisabled(false);
  expect(log.started).toEqual([]);
});

test('the place of a span is known before it has been told of, and of the trace where there is no span', async () => {
  const { bridge, log } = traceAgents({ decorated: false });

  await withTrace('work', async () => {
    expect(trace.getSpan(bridge.contextOf())).toBe(log.get('invoke_workflow work'));
    const generation = createGenerationSpan({ data: { model: 'm' } });
    expect(trace.getSpan(bridge.contextOf(generation))).toBe(log.get('invoke_workflow work'));
    generation.start();
    expect(trace.getSpan(bridge.contextOf(generation))).toBe(log.get('chat m'));
    generation.end();
    expect(trace.getSpanContext(bridge.contextOf(generation))).toEqual(log.get('chat m').spanContext());
  });

  expect(bridge.contextOf()).toBe(context.active());
});

function iso([seconds, nanos]: readonly [number, number]): string {
  return new Date(seconds * 1000 + nanos / 1e6).toISOString();
}
