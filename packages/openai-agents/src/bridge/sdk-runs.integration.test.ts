import {
  Agent,
  MCPServerStdio,
  Runner,
  RunState,
  tool,
  withCustomSpan,
  withTrace,
} from '@openai/agents-core';
import type { AgentOptions } from '@openai/agents-core';
import { assistantMessage, functionCall, modelError, ScriptedModel } from '@openai/agents-core/testing';
import { OpenAIProvider } from '@openai/agents';
import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { z } from 'zod';
import { compactingProvider } from '../compacting-provider.ts';
import { FakeCompactor } from '../testing/fake-compactor.ts';
import { StrictOpenAI } from '../testing/openai/strict-openai.ts';
import { traceAgents } from '../testing/trace-agents.ts';
import type { TraceAgentsOptions } from '../testing/trace-agents.ts';

type Run = {
  readonly runner: Runner;
  readonly agent: Agent;
  readonly isStreamed?: boolean;
  readonly input?: string | RunState<unknown, Agent>;
};

async function complete({ runner, agent, isStreamed = false, input = 'hi' }: Run) {
  if (!isStreamed) return runner.run(agent, input);
  const result = await runner.run(agent, input, { stream: true });
  for await (const event of result) void event;
  await result.completed;
  return result;
}

const failed = ({ status, attributes }: ReadableSpan) =>
  status.code === SpanStatusCode.ERROR ? attributes['error.type'] : undefined;

/** Traced with no time for a failed trace to stay open. */
const traced = (options: TraceAgentsOptions = {}) =>
  traceAgents({ capture: 'full', graceMillis: 0, ...options });

const ada = (more: Partial<AgentOptions> = {}) => new Agent({ name: 'Ada', model: 'gpt-5', ...more });

describe('a refusal', () => {
  let server: StrictOpenAI;
  beforeEach(async () => {
    server = await StrictOpenAI.start({ contextTokens: 5000 });
    server.script([{ type: 'refusal', refusal: 'I will not say that.' }]);
  });
  afterEach(async () => server.close());

  it.each(
    [true, false].flatMap((useResponses) =>
      [true, false].flatMap((isStreamed) =>
        [true, false].map((withContent) => ({ useResponses, isStreamed, withContent })),
      ),
    ),
  )(
    'is the status of the model’s call ($useResponses, stream: $isStreamed, content: $withContent)',
    async ({ useResponses, isStreamed, withContent }) => {
      const { bridge, log } = traced();
      const provider = compactingProvider({
        provider: new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL, useResponses }),
        manager: FakeCompactor.idle(1),
        bridge,
      });
      const runner = new Runner({ modelProvider: provider, traceIncludeSensitiveData: withContent });

      await expect(complete({ runner, agent: ada(), isStreamed })).rejects.toThrow('refused');
      await vi.waitFor(() => expect(log.ended.size).toBe(log.started.length));

      const call = log.get('chat gpt-5');
      expect(failed(call)).toBe('refusal');
      expect(call.status.message).toBe(withContent ? 'I will not say that.' : undefined);
      expect(call.attributes['gen_ai.usage.input_tokens']).toBeGreaterThan(0);
      for (const name of [
        'turn',
        'invoke_agent Ada',
        'task Agent workflow',
        'invoke_workflow Agent workflow',
      ]) {
        expect(failed(log.get(name))).toBe(withContent ? 'ModelRefusalError' : '_OTHER');
      }
    },
  );

  it('says nothing of its words where content may not leave', async () => {
    const { log } = traced({ capture: 'none' });
    const provider = new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL });

    await expect(complete({ runner: new Runner({ modelProvider: provider }), agent: ada() })).rejects.toThrow(
      'refused',
    );

    expect(failed(log.get('chat gpt-5'))).toBe('refusal');
    expect(JSON.stringify(log.started.map(({ attributes, status }) => [attributes, status]))).not.toContain(
      'I will not',
    );
  });
});

describe.each([false, true])('a run that fails (stream: %s)', (isStreamed) => {
  it('fails its trace, and says with what', async () => {
    const { log } = traced();
    const agent = ada({ model: new ScriptedModel([modelError(new TypeError('no such key'))]) });

    await expect(complete({ runner: new Runner(), agent, isStreamed })).rejects.toThrow('no such key');
    await vi.waitFor(() => expect(log.ended.size).toBe(log.started.length));

    for (const span of log.started) {
      expect([span.name, failed(span), span.status.message]).toEqual([
        span.name,
        'TypeError',
        'Error in agent run: TypeError: no such key',
      ]);
    }
  });

  it('fails no trace that goes on after it', async () => {
    const { log } = traced({ graceMillis: 60_000 });
    const failing = ada({ model: new ScriptedModel([modelError(new Error('no'))]) });
    const working = ada({ model: new ScriptedModel([[assistantMessage('yes')]]) });

    await withTrace('work', async () => {
      await complete({ runner: new Runner(), agent: working });
      await expect(complete({ runner: new Runner(), agent: failing, isStreamed })).rejects.toThrow('no');
    });

    expect(log.get('invoke_workflow work').status.code).toBe(SpanStatusCode.UNSET);
  });
});

describe.each([false, true])('a run that waits for approval (stream: %s)', (isStreamed) => {
  it.each([false, true])('goes on in its trace when it is resumed (from JSON: %s)', async (isFromJson) => {
    const { log } = traced();
    const remove = tool({
      name: 'remove',
      description: 'Removes a file, once a person has agreed',
      parameters: z.object({ path: z.string() }),
      needsApproval: true,
      execute: async () => 'gone',
    });
    const model = new ScriptedModel([
      [functionCall('remove', { path: 'a' }, { callId: 'c1' })],
      [assistantMessage('done')],
    ]);
    const agent = ada({ model, tools: [remove] });

    const { state } = await complete({ runner: new Runner(), agent, isStreamed });
    const resumed = isFromJson ? await RunState.fromString(agent, state.toString()) : state;
    for (const interruption of resumed.getInterruptions()) resumed.approve(interruption);
    await complete({ runner: new Runner(), agent, isStreamed, input: resumed });
    await vi.waitFor(() => expect(log.ended.size).toBe(log.started.length));

    const head = [
      'invoke_workflow Agent workflow',
      '  task Agent workflow',
      '    invoke_agent Ada',
      '      turn',
    ];
    expect(log.tree()).toEqual([...head, ...head, '        execute_tool remove', '      turn']);
    expect(new Set(log.started.map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(log.started.map(failed)).toEqual(log.started.map(() => undefined));
  });
});

test.each(['input', 'output'] as const)('a guardrail on the %s that trips is told of', async (side) => {
  const { log } = traced();
  const guardrail = {
    name: 'polite',
    execute: async () => ({ tripwireTriggered: true, outputInfo: 'rude' }),
  };
  const fine = { name: 'short', execute: async () => ({ tripwireTriggered: false, outputInfo: '' }) };
  const agent = ada({
    model: new ScriptedModel([[assistantMessage('hm')]]),
    ...(side === 'input' ? { inputGuardrails: [guardrail, fine] } : { outputGuardrails: [guardrail, fine] }),
  });

  await expect(complete({ runner: new Runner(), agent })).rejects.toThrow('guardrail triggered');
  await vi.waitFor(() => expect(log.ended.size).toBe(log.started.length));

  const told = (name: string) => log.get(`guardrail ${name}`).attributes['openai.agents.guardrail.triggered'];
  expect([told('polite'), told('short')]).toEqual([true, false]);
  expect(failed(log.get('guardrail polite'))).toBeUndefined();
  expect(String(failed(log.get('invoke_agent Ada')))).toMatch(/^(?:In|Out)putGuardrailTripwireTriggered$/u);
  expect(log.get('guardrail polite').parentSpanContext?.spanId).toBe(
    log.get('invoke_agent Ada').spanContext().spanId,
  );
});

/** A server of the Model Context Protocol on standard input and output, with one tool. */
const mcpServer = `
const answers = {
  initialize: ({ protocolVersion }) => ({
    protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'disk', version: '1' },
  }),
  'tools/list': () => ({ tools: [{ name: 'read', inputSchema: { type: 'object', properties: {} } }] }),
  'tools/call': () => ({ content: [{ type: 'text', text: 'all of it' }] }),
};
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const answer = answers[method];
  const body = answer ? { result: answer(params) } : { error: { code: -32601, message: 'unknown' } };
  console.log(JSON.stringify({ jsonrpc: '2.0', id, ...body }));
});`;

test('the tools of an MCP server are listed under the agent and run like others', async () => {
  const { log } = traced();
  const server = new MCPServerStdio({ name: 'disk', command: process.execPath, args: ['-e', mcpServer] });
  await server.connect();
  const model = new ScriptedModel([[functionCall('read', {}, { callId: 'c1' })], [assistantMessage('done')]]);

  await complete({ runner: new Runner(), agent: ada({ model, mcpServers: [server] }) });
  await server.close();

  const lists = log.started.filter(({ name }) => name.startsWith('tools/list'));
  expect(lists.length).toBeGreaterThan(0);
  for (const { attributes, parentSpanContext } of lists) {
    expect(attributes).toMatchObject({
      'mcp.method.name': 'tools/list',
      'openai.agents.mcp.server': 'disk',
      'openai.agents.mcp.tools': ['read'],
    });
    expect(log.started.map((span) => span.spanContext().spanId)).toContain(parentSpanContext?.spanId);
  }
  expect(log.get('execute_tool read').attributes['gen_ai.tool.call.result']).toContain('all of it');
});

test('a custom span of the user stands where it was made, with its data, and the user’s OTel spans below it', async () => {
  const { log, tracer } = traced();
  const look = tool({
    name: 'look',
    description: 'Looks',
    parameters: z.object({}),
    execute: async () =>
      withCustomSpan(
        async () => {
          tracer.startSpan('SELECT').end();
          return 'seen';
        },
        { data: { name: 'cache', data: { hit: false } } },
      ),
  });
  const model = new ScriptedModel([[functionCall('look', {}, { callId: 'c1' })], [assistantMessage('done')]]);

  await complete({ runner: new Runner(), agent: ada({ model, tools: [look] }) });

  expect(log.tree().slice(2, 7)).toEqual([
    '    invoke_agent Ada',
    '      turn',
    '        execute_tool look',
    '          cache',
    '            SELECT',
  ]);
  expect(log.get('cache').attributes['openai.agents.data']).toBe('{"hit":false}');
});

test('the runner’s sums of usage are told apart from the usage of single calls', async () => {
  const { log } = traced();
  const server = await StrictOpenAI.start({ contextTokens: 5000 });
  server.script([{ type: 'call', name: 'nothing' }], [{ type: 'text', text: 'done' }]);
  const nothing = tool({
    name: 'nothing',
    description: '',
    parameters: z.object({}),
    execute: async () => '',
  });
  const provider = new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL });

  await complete({ runner: new Runner({ modelProvider: provider }), agent: ada({ tools: [nothing] }) });
  await server.close();

  const total = server.requests.reduce((sum, { inputTokens }) => sum + inputTokens, 0);
  expect(log.get('task Agent workflow').attributes).toMatchObject({
    'openai.agents.usage.input_tokens': total,
    'openai.agents.usage.requests': 2,
  });
  const summed = log.started.reduce(
    (sum, span) => sum + Number(span.attributes['gen_ai.usage.input_tokens'] ?? 0),
    0,
  );
  expect(summed).toBe(total);
});
