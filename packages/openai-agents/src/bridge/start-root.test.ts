import { setTraceProcessors, withTrace } from '@openai/agents-core';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-node';
import { expect, test } from 'vitest';
import { traceAgents } from '../testing/trace-agents.ts';
import { bridgeAgentsTracing } from './bridge-agents-tracing.ts';

test('metadata of a trace become attributes, JSON where they are deep', async () => {
  const { log } = traceAgents();
  const metadata = { tenant: 'acme', tries: 2, beta: true, flags: { a: [1] }, gone: undefined };

  await withTrace('work', async () => {}, { metadata });

  const attributes = Object.entries(log.get('invoke_workflow work').attributes);
  expect(Object.fromEntries(attributes.filter(([key]) => key.startsWith('openai.agents.metadata.')))).toEqual(
    {
      'openai.agents.metadata.tenant': 'acme',
      'openai.agents.metadata.tries': 2,
      'openai.agents.metadata.beta': true,
      'openai.agents.metadata.flags': '{"a":[1]}',
    },
  );
});

test('without the id generator the run has a real root of its own id, and keeps the SDK’s as attribute', async () => {
  traceAgents();
  const provider = new BasicTracerProvider();
  const bridge = bridgeAgentsTracing({ tracer: provider.getTracer('plain') });
  setTraceProcessors([bridge]);

  await withTrace('work', async ({ traceId }) => {
    const span = trace.getSpan(bridge.contextOf());
    expect(span?.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(traceId).not.toContain(span?.spanContext().traceId);
    expect(Reflect.get(Object(span), 'attributes')).toMatchObject({ 'openai.agents.trace_id': traceId });
    expect(Reflect.get(Object(span), 'parentSpanContext')).toBeUndefined();
  });
});

test('a run within an active span links to it, or joins its trace where asked', async () => {
  for (const joinActiveTrace of [false, true]) {
    const { tracer, log } = traceAgents({ joinActiveTrace });
    await tracer.startActiveSpan('GET /chat', async (request) => {
      await withTrace('work', async () => {});
      request.end();
    });

    const request = log.get('GET /chat').spanContext();
    const root = log.get('invoke_workflow work');
    expect(root.parentSpanContext?.spanId).toBe(joinActiveTrace ? request.spanId : undefined);
    expect(root.links.map((link) => link.context.spanId)).toEqual(joinActiveTrace ? [] : [request.spanId]);
    expect(root.spanContext().traceId === request.traceId).toBe(joinActiveTrace);
  }
});

test('a trace id of the user’s own is hashed, and kept as attribute', async () => {
  const { log } = traceAgents();

  await withTrace('work', async () => {}, { traceId: 'trace_OrderNumber00000000000000004711' });

  const root = log.get('invoke_workflow work');
  expect(root.spanContext().traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(root.attributes['openai.agents.trace_id']).toBe('trace_OrderNumber00000000000000004711');
});
