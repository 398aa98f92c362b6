import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { createHost } from '@clew/host';
import type { SpanPage } from '@clew/host';
import { Agent, Runner, setTracingDisabled, tool } from '@openai/agents';
import { ScriptedModel, assistantMessage, functionCall } from '@openai/agents-core/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { clew } from './clew.ts';

const endpoint = process.env['S3_TEST_ENDPOINT'];
const whyNot = endpoint === undefined ? ' (skipped: S3_TEST_ENDPOINT names no service, see test/s3)' : '';
afterEach(() => {
  vi.unstubAllEnvs();
});

it.skipIf(endpoint === undefined)(`archives a run in a bucket, and shows where${whyNot}`, async () => {
  // As a role or a profile would: no credentials in the configuration.
  vi.stubEnv('AWS_ACCESS_KEY_ID', process.env['S3_TEST_ACCESS_KEY_ID'] ?? '');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', process.env['S3_TEST_SECRET_ACCESS_KEY'] ?? '');
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  const region = process.env['S3_TEST_REGION'] ?? 'us-east-1';
  const bucket = `clew-test-${crypto.randomUUID()}`;
  const client = new S3Client({
    region,
    forcePathStyle: true,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  setTracingDisabled(false);
  const host = await createHost({ port: 0, database: ':memory:' });
  const model = new ScriptedModel([
    ...Array.from({ length: 12 }, (_, index) => [
      functionCall('read_file', { path: `src/${index}.ts` }, { callId: `call_${index}` }),
    ]),
    [assistantMessage('All read.')],
  ]);
  const app = await clew({
    environment: {},
    maxContextTokens: 3000,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    telemetry: { ariadneUrl: `${host.url}/ingest` },
    storage: { adapter: 's3', bucket, prefix: 'sessions', region, endpoint, required: true },
    modelProvider: { getModel: () => model },
    sessionId: 'conversation-7',
    summarizer: null,
    sdkTracing: 'only',
  });
  const read = tool({
    name: 'read_file',
    description: 'Reads a file.',
    parameters: z.object({ path: z.string() }),
    execute: ({ path }) => `${path}: password=hunter22 ${'some words of a file. '.repeat(80)}`,
  });
  const agent = new Agent({ name: 'Reader', instructions: 'Read.', tools: [read] });
  await new Runner(app.runConfig).run(agent, 'Read all files.', { maxTurns: 50 });
  await app.flush();
  const response = await fetch(`${host.url}/api/spans?cursor=0&limit=1000`);
  const { spans } = (await response.json()) as SpanPage;
  const archived = spans.filter(({ name }) => name === 'compact.archival');
  expect(archived.length).toBeGreaterThan(2);
  for (const span of archived) {
    const text = JSON.stringify(span);
    expect(text).toContain(`s3://${bucket}/sessions/conversation-7/`);
    expect(text).toContain('conversation-7');
  }
  const { items } = await app.manager.recall('conversation-7', { id: 'call_0' });
  expect(items.map(({ text }) => text).join()).toContain('src/0.ts');
  expect(JSON.stringify(items)).not.toContain('hunter22');
  await app.shutdown();
  await host.close();
  client.destroy();
});
