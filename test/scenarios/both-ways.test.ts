import { createHost } from '@clew/host';
import type { Host, SpanPage } from '@clew/host';
import { Span, audit, fold } from '@clew/trace-model';
import type { Session } from '@clew/trace-model';
import { Agent, Runner, setTracingDisabled, tool, withTrace } from '@openai/agents';
import { ScriptedModel, assistantMessage, functionCall } from '@openai/agents-core/testing';
import { clew } from 'clew';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

// One run, sent by both protocols to two hosts: whoever reads either must see the same.

let byAriadne: Host;
let byOtlp: Host;
beforeEach(async () => {
  setTracingDisabled(false);
  [byAriadne, byOtlp] = await Promise.all([createHost({ port: 0 }), createHost({ port: 0 })]);
});
afterEach(() => Promise.all([byAriadne.close(), byOtlp.close()]));

const read = tool({
  name: 'read_file',
  description: 'Reads a file.',
  parameters: z.object({ path: z.string() }),
  execute: ({ path }) => `${path}: ${'some words of a file. '.repeat(90)}`,
});

async function runAndSend() {
  const calls = Array.from({ length: 18 }, (_, index) => [
    functionCall('read_file', { path: `src/file-${index}.ts` }, { callId: `call_${index}` }),
  ]);
  const model = new ScriptedModel([...calls, [assistantMessage('All read.')]]);
  const app = await clew({
    environment: {},
    model: 'gpt-5',
    maxContextTokens: 3000,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    telemetry: {
      exporter: ['ariadne', 'otlp'],
      ariadneUrl: `${byAriadne.url}/ingest`,
      otlpUrl: `${byOtlp.url}/v1/traces`,
    },
    storage: { adapter: 'none' },
    modelProvider: { getModel: () => model },
    summarizer: null,
    emitGenerationSpan: true,
    sdkTracing: 'only',
  });
  const agent = new Agent({ name: 'Reader', instructions: 'Read.', tools: [read] });
  await withTrace('reading', () => new Runner(app.runConfig).run(agent, 'Read all files.', { maxTurns: 50 }));
  await app.shutdown();
  return app.stats();
}

async function sessionOf(host: Host): Promise<Session> {
  const response = await fetch(`${host.url}/api/spans?cursor=0&limit=1000`);
  const { spans } = (await response.json()) as SpanPage;
  const sessions = fold(spans.map((span) => Span.parse(span))).sessions;
  expect(sessions).toHaveLength(1);
  return sessions[0] as Session;
}

it('tells the same story over OTLP as over /ingest, and every cut adds up', async () => {
  const stats = await runAndSend();
  expect(stats).toMatchObject({ dropped: 0, pending: 0 });

  const [ariadne, otlp] = await Promise.all([sessionOf(byAriadne), sessionOf(byOtlp)]);
  expect(ariadne.calls).toHaveLength(19);
  expect(ariadne.cuts.length).toBeGreaterThan(1);
  expect(otlp.spans.map(({ id }) => id).toSorted()).toEqual(ariadne.spans.map(({ id }) => id).toSorted());
  const runsOf = (session: Session) => session.runs.map(({ id, record }) => ({ id, record }));
  expect(runsOf(otlp)).toEqual(runsOf(ariadne));
  for (const cut of ariadne.cuts) expect(audit(cut)).toMatchObject({ state: 'balanced' });
});
