import { agents, CompactManager } from '@clew/core';
import { writtenSummary } from '@clew/core/testing';
import { createTracingObserver, traceSummarizer } from '@clew/tracing';
import {
  Agent,
  getCurrentTrace,
  MemorySession,
  Runner,
  setTraceProcessors,
  setTracingDisabled,
  tool,
  Usage,
} from '@openai/agents-core';
import type { AgentOutputItem } from '@openai/agents-core';
import { assistantMessage, functionCall, modelResponse, ScriptedModel } from '@openai/agents-core/testing';
import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AgentsContextManager } from './bridge/agents-context-manager.ts';
import { AgentsIdGenerator } from './bridge/agents-id-generator.ts';
import { bridgeAgentsTracing, installBridge } from './bridge/bridge-agents-tracing.ts';
import { compactRunConfig } from './compact-run-config.ts';
import { modelSummarizer } from './model-summarizer.ts';

beforeEach(() => {
  setTracingDisabled(false);
  setTraceProcessors([]);
  context.disable();
});

const answer = (output: AgentOutputItem[], inputTokens: number) =>
  modelResponse({
    output,
    usage: new Usage({ requests: 1, inputTokens, outputTokens: 10, totalTokens: inputTokens + 10 }),
  });

test('one trace tells of the agents, the tool, the handoff, the compaction and the call after it', async () => {
  const exporter = new InMemorySpanExporter();
  const idGenerator = new AgentsIdGenerator();
  const tracer = new NodeTracerProvider({
    idGenerator,
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  }).getTracer('clew');
  const bridge = installBridge(bridgeAgentsTracing({ tracer, idGenerator }));
  context.setGlobalContextManager(
    new AgentsContextManager(new AsyncLocalStorageContextManager(), bridge).enable(),
  );

  const writer = new ScriptedModel([
    answer([assistantMessage(writtenSummary('The user read the log of Oslo.'))], 900),
  ]);
  const manager = new CompactManager({
    model: 'gpt-5.2',
    maxContextTokens: 4000,
    dialect: agents,
    policy: { keepRecentTurns: 1, keepToolIoPairs: 1, ladder: ['summarize'], hardCapBuffer: 100 },
    summarizer: traceSummarizer(modelSummarizer({ model: writer, name: 'small' }), { tracer }),
    observer: createTracingObserver({
      tracer,
      onRunSpan: bridge.onRunSpan,
      conversationId: bridge.conversationId,
    }),
  });
  const model = new ScriptedModel([
    answer([functionCall('read_log', { city: 'Oslo' }, { callId: 'c1' })], 800),
    answer([functionCall('transfer_to_Bob', {}, { callId: 'c2' })], 900),
    answer([assistantMessage('Done.')], 950),
  ]);
  const session = new MemorySession();
  await session.addItems(
    Array.from({ length: 12 }, (_, index) => [
      {
        type: 'message' as const,
        role: 'user' as const,
        content: `Question ${index}: ${'why so '.repeat(75)}`,
      },
      assistantMessage(`Answer ${index}: ${'because of '.repeat(75)}`),
    ]).flat(),
  );
  const before = await session.getItems();
  let sdkTraceId = '';
  const readLog = tool({
    name: 'read_log',
    description: 'reads a log',
    parameters: z.object({ city: z.string() }),
    execute: async () => {
      sdkTraceId = getCurrentTrace()?.traceId ?? '';
      return 'nothing unusual';
    },
  });
  const bob = new Agent({ name: 'Bob' });
  const ada = new Agent({ name: 'Ada', model: 'gpt-5.2', tools: [readLog], handoffs: [bob] });
  const runner = new Runner({
    ...compactRunConfig({ manager, provider: { getModel: () => model }, bridge, emitGenerationSpan: true }),
    groupId: 'conversation-7',
  });

  const result = await runner.run(ada, 'Read the log.', { session });

  const spans = exporter.getFinishedSpans();
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(
    new Set([sdkTraceId.slice('trace_'.length)]),
  );
  expect(pathsOf(spans)).toEqual(
    expect.arrayContaining([
      'invoke_workflow Agent workflow',
      'invoke_workflow Agent workflow > task Agent workflow > invoke_agent Ada > turn > compact.run',
      'invoke_workflow Agent workflow > task Agent workflow > invoke_agent Ada > turn > compact.run > compact.trigger_decision',
      'invoke_workflow Agent workflow > task Agent workflow > invoke_agent Ada > turn > compact.run > compact.summary_created > chat small',
      'invoke_workflow Agent workflow > task Agent workflow > invoke_agent Ada > turn > chat gpt-5.2',
      'invoke_workflow Agent workflow > task Agent workflow > invoke_agent Ada > turn > execute_tool read_log',
      'invoke_workflow Agent workflow > task Agent workflow > invoke_agent Ada > turn > handoff Bob',
      'invoke_workflow Agent workflow > task Agent workflow > invoke_agent Bob > turn > compact.run',
    ]),
  );

  const runs = spans.filter(({ name }) => name === 'compact.run');
  const chats = spans.filter(
    ({ name, attributes }) => name.startsWith('chat') && attributes['openai.agents.span_id'],
  );
  expect([runs.length, chats.length]).toEqual([3, 3]);
  expect(runs[0]?.attributes['gen_ai.conversation.id']).toBe('conversation-7');
  chats.forEach((chat, index) => {
    expect(chat.attributes).toMatchObject({
      'gen_ai.conversation.compacted': true,
      'gen_ai.conversation.id': 'conversation-7',
    });
    expect(chat.links.map((link) => link.context.spanId)).toEqual([runs[index]?.spanContext().spanId]);
  });

  expect(JSON.stringify(model.firstCall?.request.input)).toContain('<COMPACT-SUMMARY v1>');
  expect(JSON.stringify(result.history)).not.toContain('COMPACT-SUMMARY');
  expect((await session.getItems()).slice(0, before.length)).toEqual(before);
  expect(JSON.stringify(await session.getItems())).not.toContain('COMPACT-SUMMARY');
  writer.assertComplete();
  model.assertComplete();
});

function pathsOf(spans: readonly ReadableSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanContext().spanId, span]));
  const pathOf = (span: ReadableSpan): string => {
    const parent = span.parentSpanContext && byId.get(span.parentSpanContext.spanId);
    return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
  };
  return spans.map(pathOf);
}
