import { afterEach, beforeEach, expect, it } from 'vitest';
import { StrictOpenAI } from '../testing/openai/strict-openai.ts';
import { startRun } from './streamed-run.fixture.ts';
import type { Streamed } from './streamed-run.fixture.ts';
import { toSse } from './to-sse.ts';

let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens: 100_000 });
});
afterEach(async () => server.close());

/** From a server of its own, so that ids begin at the same number. */
async function bytesOf(scene: Streamed): Promise<string> {
  await server.close();
  server = await StrictOpenAI.start({ contextTokens: 100_000 });
  const { run } = await startRun(server, scene);
  return new Response(toSse(run)).text();
}

it.each(['responses', 'chat'] as const)(
  'a run over %s is the same to the byte with and without compaction, but for the records that tell of it',
  async (api) => {
    const compacted = await bytesOf({ api, isCompacted: true });
    const untold = await bytesOf({ api, isCompacted: true, streamEvents: false });
    const whole = await bytesOf({ api, isCompacted: false });
    const records = compacted.split(/(?<=\n\n)/u);
    const own = records.filter((record) => record.includes('\nevent: response.memory.compacted\n'));
    expect(own).toHaveLength(1);
    expect(own[0]).toContain('"run_item_type":"memory_compaction"');
    const known = records.filter((record) => !own.includes(record)).join('');
    expect(known).toBe(whole);
    expect(untold).toBe(whole);
    expect(whole).toContain('event: run_item.tool_called');
    expect(whole).toContain('event: agent.updated\ndata: {"type":"agent.updated","agent":"Bob"}');
    expect(whole).toContain('"name":"lookup"');
    // What a tool was told and has answered stays here.
    expect(whole).not.toContain('"one"');
    expect(whole).not.toContain('what was found for it');
    expect(whole.endsWith('event: done\ndata: {"type":"done"}\n\n')).toBe(true);
  },
);

it('ends the run where the client goes away', async () => {
  const controller = new AbortController();
  const { run } = await startRun(server, {
    api: 'responses',
    isCompacted: false,
    signal: controller.signal,
  });
  const reader = toSse(run, { controller }).getReader();
  await reader.read();
  await reader.cancel(new Error('gone'));
  expect(controller.signal.aborted).toBe(true);
  await run.completed.catch(() => {});
  expect(run.cancelled).toBe(true);
});
