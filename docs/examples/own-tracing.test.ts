import { Agent, setDefaultModelProvider, setTracingDisabled, tool } from '@openai/agents';
import { ScriptedModel, assistantMessage, functionCall } from '@openai/agents-core/testing';
import { expect, it } from 'vitest';
import { z } from 'zod';

it('sends agents, compactions and the user’s own spans to the user’s provider, in one trace', async () => {
  const { exporter, runner, tracer } = await import('./own-tracing.ts');
  // Tests run with the SDK's tracing off; an application has it on.
  setTracingDisabled(false);
  const query = tool({
    name: 'query',
    description: 'Asks the database',
    parameters: z.object({}),
    execute: async () => {
      tracer.startSpan('SELECT').end();
      return '1';
    },
  });
  const model = new ScriptedModel([
    [functionCall('query', {}, { callId: 'c1' })],
    [assistantMessage('One.')],
  ]);
  setDefaultModelProvider({ getModel: () => model });

  await runner.run(new Agent({ name: 'Ada', tools: [query] }), 'How many?');

  const spans = exporter.getFinishedSpans();
  const nameOf = (id: string | undefined) => spans.find((span) => span.spanContext().spanId === id)?.name;
  const parents = Object.fromEntries(
    spans.map((span) => [span.name, nameOf(span.parentSpanContext?.spanId)]),
  );
  expect(parents).toMatchObject({
    SELECT: 'execute_tool query',
    'execute_tool query': 'turn',
    'compact.run': 'turn',
    'invoke_agent Ada': 'task Agent workflow',
    'invoke_workflow Agent workflow': undefined,
  });
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(1);
});
