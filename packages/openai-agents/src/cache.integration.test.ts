import { agents, CompactManager } from '@clew/core';
import type { CompactResult, RunObserver } from '@clew/core';
import { Agent, OpenAIProvider, Runner, setTraceProcessors } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compactRunConfig } from './compact-run-config.ts';
import { ResponsesServer } from './testing/responses-server.ts';

const servers: ResponsesServer[] = [];

beforeEach(() => setTraceProcessors([]));
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function setUp() {
  const server = new ResponsesServer({ limitTokens: 100_000 });
  servers.push(server);
  const results: CompactResult<unknown>[] = [];
  const watch: RunObserver = {
    tell: () => {},
    within: (work) => work(),
    end: (result) => void results.push(result),
  };
  const manager = new CompactManager({
    model: 'gpt-5.2',
    maxContextTokens: 20_000,
    dialect: agents,
    observer: { start: () => watch },
    prices: { currency: 'USD', models: { 'gpt-5.2': { input: 2, cachedInput: 0.2, output: 10 } } },
  });
  const provider = new OpenAIProvider({ apiKey: 'none', baseURL: await server.listen() });
  const config = compactRunConfig({ provider, manager, sessionId: 's' });
  return { results, runner: new Runner({ ...config, model: 'gpt-5.2', tracingDisabled: true }) };
}

const agentOf = (instructions: string) => new Agent({ name: 'Ada', instructions });
const talk = (turns: number): AgentInputItem[] =>
  Array.from({ length: turns }, (_, index) => ({ role: 'user', content: `question ${index} `.repeat(250) }));

test("what the provider reads from its cache is known before the SDK's next call, and what changes it", async () => {
  const { runner, results } = await setUp();
  for (const turns of [6, 7, 8]) await runner.run(agentOf('Be brief.'), talk(turns));
  await runner.run(agentOf('Be brief, and kind.'), talk(9));
  // Of the first call's writing the Responses API says nothing here; at the third it has read.
  expect(results.map(({ cache: { state, reason, epoch } }) => ({ state, reason, epoch }))).toEqual([
    { state: 'unknown', reason: 'first_call', epoch: 1 },
    { state: 'unknown', reason: 'not_reported', epoch: 1 },
    { state: 'warm', reason: 'read', epoch: 1 },
    { state: 'cold', reason: 'preamble_changed', epoch: 2 },
  ]);
  const [, , third, last] = results;
  expect(third?.cost?.after).toBeLessThan((0.5 * (third?.tokens.after ?? 0) * 2) / 1e6);
  expect(last?.cost?.after).toBeCloseTo(((last?.tokens.after ?? 0) * 2) / 1e6, 9);
});

test('a compaction begins a new stretch, which the provider then reads again', async () => {
  const { runner, results } = await setUp();
  for (let turns = 4; turns < 30; turns += 1) await runner.run(agentOf('Be brief.'), talk(turns));
  const cut = results.findIndex(({ splice }) => splice !== undefined);
  const [before, at, after, later] = results.slice(cut - 1);
  expect(at?.cache).toMatchObject({ state: 'warm', epoch: (before?.cache.epoch ?? 0) + 1 });
  expect(at?.cache.rewrittenTokens).toBeGreaterThan(0);
  expect(at?.cache.breakEvenCalls).toBeGreaterThanOrEqual(0);
  expect([after, later].map((result) => result?.cache.epoch)).toEqual([at?.cache.epoch, at?.cache.epoch]);
  expect(later?.cache).toMatchObject({ state: 'warm', reason: 'read' });
});
