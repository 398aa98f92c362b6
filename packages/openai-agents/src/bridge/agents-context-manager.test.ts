import { Agent, Runner, setTracingDisabled, tool, withCustomSpan, withTrace } from '@openai/agents-core';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents-core/testing';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { traceAgents } from '../testing/trace-agents.ts';
import { AgentsContextManager } from './agents-context-manager.ts';

test('an OTel span that user code made active holds until the SDK moves on', async () => {
  const { tracer, log } = traceAgents();

  await withTrace('work', async () =>
    withCustomSpan(
      async () => {
        await tracer.startActiveSpan('mine', async (mine) => {
          tracer.startSpan('below mine').end();
          await withCustomSpan(async () => tracer.startSpan('below inner').end(), {
            data: { name: 'inner' },
          });
          mine.end();
        });
        const later = context.bind(context.active(), () => tracer.startSpan('bound').end());
        later();
      },
      { data: { name: 'outer' } },
    ),
  );

  expect(log.tree()).toEqual([
    'invoke_workflow work',
    '  outer',
    '    mine',
    '      below mine',
    '    inner',
    '      below inner',
    '    bound',
  ]);
});

test('tools that run side by side each have their own spans below them', async () => {
  const { tracer, log } = traceAgents();
  const model = new ScriptedModel([
    [functionCall('left', {}, { callId: 'c1' }), functionCall('right', {}, { callId: 'c2' })],
    [assistantMessage('done')],
  ]);
  const tools = ['left', 'right'].map((name) =>
    tool({
      name,
      description: name,
      parameters: z.object({}),
      execute: async () => {
        await Promise.resolve();
        return tracer.startActiveSpan(`in ${name}`, async (span) => {
          await Promise.resolve();
          tracer.startSpan(`deep in ${name}`).end();
          span.end();
          return name;
        });
      },
    }),
  );

  await new Runner().run(new Agent({ name: 'Ada', model, tools }), 'hi');

  expect(log.tree().slice(3)).toEqual([
    '      turn',
    '        execute_tool left',
    '          in left',
    '            deep in left',
    '        execute_tool right',
    '          in right',
    '            deep in right',
    '      turn',
  ]);
});

test('an agent that runs as a tool nests below the tool', async () => {
  const { log } = traceAgents();
  const inner = new Agent({ name: 'Inner', model: new ScriptedModel([[assistantMessage('found')]]) });
  const model = new ScriptedModel([
    [functionCall('research', { input: 'q' }, { callId: 'c1' })],
    [assistantMessage('done')],
  ]);
  const tools = [inner.asTool({ toolName: 'research', toolDescription: 'looks things up' })];

  await new Runner().run(new Agent({ name: 'Ada', model, tools }), 'hi');

  expect(log.tree().slice(3, 8)).toEqual([
    '      turn',
    '        execute_tool research',
    '          task Agent workflow',
    '            invoke_agent Inner',
    '              turn',
  ]);
});

test('without spans of the SDK it is the manager below', async () => {
  const { bridge } = traceAgents();
  const base = new AsyncLocalStorageContextManager();
  const manager = new AgentsContextManager(base, bridge).enable();

  expect(manager.active()).toBe(ROOT_CONTEXT);
  expect(manager.with(context.active(), (left: number, right: number) => left + right, undefined, 1, 2)).toBe(
    3,
  );
  setTracingDisabled(true);
  await withTrace('work', async () =>
    withCustomSpan(async () => expect(manager.active()).toBe(base.active()), { data: { name: 'a' } }),
  );
  setTracingDisabled(false);
  expect(manager.disable()).toBe(manager);
});
