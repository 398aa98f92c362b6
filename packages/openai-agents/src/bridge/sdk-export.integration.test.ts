import { getGlobalTraceProvider, setTracingDisabled, withCustomSpan, withTrace } from '@openai/agents-core';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';

const Posted = z.object({ data: z.array(z.looseObject({ object: z.string() })) });

/** What goes to OpenAI. A test may not reach it, so this stands where `fetch` is. */
const posts: z.infer<typeof Posted>['data'][] = [];
beforeAll(() => {
  setTracingDisabled(false);
  vi.stubEnv('OPENAI_API_KEY', 'none');
  vi.stubGlobal('fetch', async (url: string, { body }: { body: string }) => {
    if (url.startsWith('https://api.openai.com/v1/traces')) posts.push(Posted.parse(JSON.parse(body)).data);
    return new Response('{}');
  });
});
afterAll(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** Sent to OpenAI of one trace with one span. */
async function sentOfOneTrace(): Promise<readonly string[]> {
  posts.length = 0;
  await withTrace('work', async () => withCustomSpan(async () => {}, { data: { name: 'step' } }));
  await getGlobalTraceProvider().forceFlush();
  return posts.flat().map(({ object }) => object);
}

// One test: what the SDK has installed stays installed for the next.
test('the SDK’s export to OpenAI stays as the user had it', async () => {
  const { bridgeAgentsTracing, installBridge } = await import('../index.ts');
  const exporter = new InMemorySpanExporter();
  const tracer = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).getTracer(
    'test',
  );
  const bridge = bridgeAgentsTracing({ tracer });

  expect(await sentOfOneTrace(), 'importing us exports nothing').toEqual([]);
  installBridge(bridge);
  expect(await sentOfOneTrace(), 'our bridge exports nothing to OpenAI').toEqual([]);
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['step', 'invoke_workflow work']);

  await import('@openai/agents');
  expect(await sentOfOneTrace(), 'the SDK exports where the user has it').toEqual(['trace', 'trace.span']);

  installBridge(bridge, 'only');
  exporter.reset();
  expect(await sentOfOneTrace(), 'not where the user wants only ours').toEqual([]);
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['step', 'invoke_workflow work']);
});
