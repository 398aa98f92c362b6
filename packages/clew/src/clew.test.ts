import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompactResult } from '@clew/core';
import { createHost } from '@clew/host';
import type { Host, SpanPage } from '@clew/host';
import {
  Agent,
  MemorySession,
  Runner,
  setTraceProcessors,
  setTracingDisabled,
  tool,
  withTrace,
} from '@openai/agents';
import { ScriptedModel, assistantMessage, functionCall } from '@openai/agents-core/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { clew } from './clew.ts';
import type { ClewOptions } from './clew-options.ts';
import { flushSpool } from './flush-spool.ts';

let host: Host;
let path = '';
beforeEach(async () => {
  // Tests run with the SDK's tracing off; an application has it on.
  setTracingDisabled(false);
  host = await createHost({ port: 0, database: ':memory:' });
  path = await mkdtemp(join(tmpdir(), 'clew-test-'));
});
afterEach(async () => {
  await host.close();
  await rm(path, { recursive: true, force: true });
});

const read = tool({
  name: 'read_file',
  description: 'Reads a file.',
  parameters: z.object({ path: z.string() }),
  execute: ({ path: file }) =>
    `${file}: api_key=sk-abcdefghijklmnop1234 ${'some words of a file. '.repeat(80)}`,
});

/** A run of `calls` tool calls, each of some 400 tokens, against a window of 3,000. */
async function work(calls: number, more: ClewOptions = {}) {
  const model = new ScriptedModel([
    ...Array.from({ length: calls }, (_, index) => [
      functionCall('read_file', { path: `src/file-${index}.ts` }, { callId: `call_${index}` }),
    ]),
    [assistantMessage('All read.')],
  ]);
  const results: CompactResult<unknown>[] = [];
  const app = await clew({
    directory: path,
    environment: {},
    model: 'gpt-5',
    maxContextTokens: 3000,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    telemetry: { ariadneUrl: `${host.url}/ingest`, serviceName: 'test', spoolPath: join(path, 'spool') },
    storage: { path: join(path, 'archive') },
    modelProvider: { getModel: () => model },
    summarizer: null,
    emitGenerationSpan: true,
    sdkTracing: 'only',
    observer: {
      start: () => ({
        tell: () => {},
        within: (step) => step(),
        end: (result) => void results.push(result),
      }),
    },
    onError: (error) => {
      throw error;
    },
    ...more,
  });
  const session = new MemorySession();
  const agent = new Agent({ name: 'Reader', instructions: 'Read.', tools: [read] });
  const result = await withTrace('reading', () =>
    new Runner(app.runConfig).run(agent, 'Read all files.', { session, maxTurns: 50 }),
  );
  await app.flush();
  const page = (await (await fetch(`${host.url}/api/spans?cursor=0&limit=1000`)).json()) as SpanPage;
  return { app, model, results, session, result, spans: page.spans };
}

it('keeps every call of a long run in its window, and shows each decision in the host', async () => {
  const { app, model, results, session, result, spans } = await work(20);

  expect(result.finalOutput).toBe('All read.');
  expect(results).toHaveLength(21);
  expect(results.filter(({ splice }) => splice !== undefined).length).toBeGreaterThan(1);
  expect(Math.max(...results.map(({ tokens }) => tokens.after))).toBeLessThan(3000);
  const lastInput = model.calls.at(-1)?.request.input;
  expect(JSON.stringify(lastInput)).toContain('<COMPACT-SUMMARY v');

  // The history and the session stay whole.
  expect(result.history).toHaveLength(42);
  expect(await session.getItems()).toHaveLength(42);

  const runs = spans.filter(({ name }) => name === 'compact.run');
  expect(runs).toHaveLength(21);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  const chat = spans.filter(({ name }) => name.startsWith('chat'));
  expect(chat).toHaveLength(21);
  const turns = new Set(spans.filter(({ name }) => name.startsWith('turn')).map(({ id }) => id));
  expect(runs.every(({ parentId }) => parentId !== undefined && turns.has(parentId))).toBe(true);
  expect(app.stats()).toMatchObject({ dropped: 0, pending: 0 });
  expect(app.stats().delivered).toBe(app.stats().emitted);

  // No secret leaves the process, by span or by file.
  expect(JSON.stringify(spans)).not.toContain('sk-abcdefghijklmnop1234');
  const [folder = ''] = await readdir(join(path, 'archive'));
  expect(await readdir(join(path, 'archive', folder))).toEqual(
    expect.arrayContaining(['events.jsonl', 'transcript-pre-compact-001.jsonl']),
  );
  await app.shutdown();
});

it('says once, in a line, that spans do not arrive, and the run goes on', async () => {
  const lines: string[] = [];
  const model = new ScriptedModel([[assistantMessage('Done.')]]);
  const app = await clew({
    directory: path,
    environment: {},
    // Nobody listens on port 1.
    telemetry: { ariadneUrl: 'http://127.0.0.1:1/ingest', spoolPath: join(path, 'spool') },
    storage: { adapter: 'none' },
    modelProvider: { getModel: () => model },
    sdkTracing: 'only',
    log: (_, text) => void lines.push(text),
  });
  const agent = new Agent({ name: 'Reader', instructions: 'Read.' });
  expect((await new Runner(app.runConfig).run(agent, 'Go.')).finalOutput).toBe('Done.');
  await app.shutdown();
  expect(lines[0]).toMatch(/^\[Ariadne\] http:\/\/127\.0\.0\.1:1\/ingest does not take spans/u);
  expect(lines.filter((line) => line.includes('does not take spans'))).toHaveLength(1);
  const { emitted, spooled } = app.stats();
  expect(spooled).toBe(emitted);
  expect(emitted).toBeGreaterThan(0);

  // They wait for the next process, or for somebody who asks for them.
  const [stats] = await flushSpool(
    {
      directory: path,
      environment: {},
      overrides: { telemetry: { ariadne_url: 'http://127.0.0.1:1/ingest', spool_path: join(path, 'spool') } },
    },
    { signal: AbortSignal.timeout(200) },
  );
  expect(stats).toMatchObject({ emitted, delivered: 0, spooled: emitted });
});

it('says which field is wrong', async () => {
  await expect(clew({ directory: path, environment: { COMPACT_TRIGGER_PCT: '8.5' } })).rejects.toThrow(
    /policy\.trigger_pct.*got 8\.5/u,
  );
});

it('says loudly, on standard error and in a span, that redaction is off', async () => {
  const lines: string[] = [];
  const app = await clew({
    directory: path,
    environment: {},
    telemetry: { ariadneUrl: `${host.url}/ingest`, spoolPath: join(path, 'spool') },
    storage: { adapter: 'none' },
    redaction: { enabled: false },
    modelProvider: { getModel: () => new ScriptedModel([]) },
    log: (level, text) => void lines.push(`${level} ${text}`),
    sdkTracing: 'only',
  });
  await app.shutdown();
  expect(lines).toEqual([expect.stringMatching(/^error \[Clew\] Redaction is off/u)]);
  const page = (await (await fetch(`${host.url}/api/spans?cursor=0&limit=10`)).json()) as SpanPage;
  expect(JSON.stringify(page.spans)).toContain('redaction_disabled');
});

it('mirrors compactions in the traces of the SDK where that is asked for, redacted, and sends each span once', async () => {
  const mirrored: string[] = [];
  const idle = async () => {};
  setTraceProcessors([
    {
      onTraceStart: idle,
      onTraceEnd: idle,
      onSpanStart: idle,
      onSpanEnd: async (span) => void mirrored.push(JSON.stringify(span)),
      forceFlush: idle,
      shutdown: idle,
    },
  ]);
  const { app, spans } = await work(8, { mirrorCompaction: true, sdkTracing: 'add' });

  const ours = mirrored.filter((text) => text.includes('"name":"compact.'));
  expect(ours).toHaveLength(spans.filter(({ name }) => name.startsWith('compact.')).length);
  expect(ours.filter((text) => text.includes('"name":"compact.run"'))).toHaveLength(9);
  expect(ours.join('')).not.toContain('sk-abcdefghijklmnop1234');
  await app.shutdown();
});
