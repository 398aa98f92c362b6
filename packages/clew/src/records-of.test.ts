import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FsMetricsStore, FsRunLog } from '@clew/archive';
import { foldMetrics, replayRunLog } from '@clew/core';
import type { LoggedItem } from '@clew/core';
import { Agent, Runner, setTracingDisabled } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { ScriptedModel, assistantMessage } from '@openai/agents-core/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { clew } from './clew.ts';
import type { ClewOptions } from './clew-options.ts';

const { signal } = new AbortController();
let path = '';
beforeEach(async () => {
  setTracingDisabled(true);
  path = await mkdtemp(join(tmpdir(), 'clew-records-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const talk = Array.from({ length: 30 }, (_, index): AgentInputItem[] => [
  { role: 'user', content: `question ${index} password=hunter22 ${'word '.repeat(100)}` },
  assistantMessage(`answer ${index}`),
]).flat();

/** One run behind a long talk. */
async function work(storage: NonNullable<ClewOptions['storage']>, more: ClewOptions = {}) {
  const model = new ScriptedModel([[assistantMessage('Done.')]]);
  const lines: string[] = [];
  const app = await clew({
    directory: path,
    environment: {},
    maxContextTokens: 3000,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    storage: { adapter: 'none', ...storage },
    telemetry: { exporter: 'none', ...more.telemetry },
    modelProvider: { getModel: () => model },
    summarizer: null,
    sessionId: 'c1',
    log: (_level, text) => lines.push(text),
  });
  await new Runner(app.runConfig).run(new Agent({ name: 'Ada' }), [
    ...talk,
    { role: 'user', content: 'Go on.' },
  ]);
  await app.flush();
  const sent = model.calls[0]?.request.input;
  return { app, lines, sent };
}

async function contextIn(folder: string): Promise<readonly LoggedItem[]> {
  let context: readonly LoggedItem[] = [];
  for await (const { log } of replayRunLog(new FsRunLog({ path: folder }).read('c1', signal))) {
    context = log.context;
  }
  return context;
}

it('writes down each conversation and what compaction came to, without secrets', async () => {
  const [logs, metrics] = [join(path, 'logs'), join(path, 'metrics')];
  const { app, sent } = await work({ runLogPath: logs, metricsPath: metrics });
  const text = await readFile(join(logs, 'c1', 'run-log.jsonl'), 'utf8');
  expect(text).toContain('password=<REDACTED>');
  expect(text).not.toContain('hunter22');
  expect(text).toContain('"run_item_type":"memory_compaction"');
  const context = await contextIn(logs);
  expect(context).toHaveLength(sent?.length ?? 0);
  expect(JSON.stringify(context.map(({ item }) => item))).toContain('<COMPACT-SUMMARY v1>');

  const report = await app.metrics?.report(signal);
  expect(report?.bySession.get('c1')).toMatchObject({ runs: 1, compactions: 1, outcomes: { compacted: 1 } });
  await app.shutdown();
  expect(await foldMetrics(new FsMetricsStore({ path: metrics }).read(signal))).toEqual(report);
});

it('keeps no content where none is captured, and all where all is', async () => {
  const [none, full] = [join(path, 'none'), join(path, 'full')];
  const first = await work({ runLogPath: none }, { telemetry: { capture: 'none' } });
  const context = await contextIn(none);
  expect(context).toHaveLength(first.sent?.length ?? 0);
  expect(context.every(({ item, tokens }) => item === undefined && tokens > 0)).toBe(true);
  expect(await readFile(join(none, 'c1', 'run-log.jsonl'), 'utf8')).not.toContain('question');
  expect(first.app.metrics).toBeUndefined();

  const second = await work({ runLogPath: full }, { telemetry: { capture: 'full' } });
  expect((await contextIn(full)).map(({ item }) => item)).toEqual(second.sent);
});

it('says once that it could not write, and the run goes on', async () => {
  await writeFile(join(path, 'taken'), 'a file where a folder should be');
  const { lines, sent } = await work({ runLogPath: join(path, 'taken'), metricsPath: join(path, 'taken') });
  expect(sent?.length).toBeLessThan(talk.length);
  expect(lines.filter((line) => line.includes('The run log could not be written'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('The metrics ledger could not be written'))).toHaveLength(1);
});
