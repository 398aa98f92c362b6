import { agents, CompactError, CompactManager } from '@clew/core';
import type { CompactResult, LifecycleEvent, RunObserver } from '@clew/core';
import { Agent, OpenAIProvider, Runner, setTraceProcessors } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compactRunConfig } from './compact-run-config.ts';
import { ResponsesServer } from './testing/responses-server.ts';
import type { RefusalMode } from './testing/responses-server.ts';

const servers: ResponsesServer[] = [];

beforeEach(() => setTraceProcessors([]));
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A runner whose window is told ten times too large, on a server that refuses what is over its own. */
async function setUp(limitTokens: number, mode: RefusalMode = 'status', steps?: readonly []) {
  const server = new ResponsesServer({ limitTokens, mode });
  servers.push(server);
  const results: CompactResult<unknown>[] = [];
  const watch: RunObserver = {
    tell: () => {},
    within: (work) => work(),
    end: (result) => void results.push(result),
  };
  const manager = new CompactManager({
    model: 'gpt-5.2',
    maxContextTokens: limitTokens * 10,
    dialect: agents,
    observer: { start: () => watch },
  });
  const recovery: string[] = [];
  manager.events.subscribe((event: LifecycleEvent) => {
    if (event.type === 'context.overflow.recovery') recovery.push(event.status);
  });
  const provider = new OpenAIProvider({ apiKey: 'none', baseURL: await server.listen() });
  const config = compactRunConfig({ provider, manager, sessionId: 's', recoverySteps: steps });
  return {
    server,
    results,
    recovery,
    runner: new Runner({ ...config, model: 'gpt-5.2', tracingDisabled: true }),
  };
}

const agent = new Agent({ name: 'Ada', instructions: 'Be brief.' });
const said = (index: number): AgentInputItem[] => [
  { role: 'user', content: `question ${index} `.repeat(60) },
  {
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: `answer ${index} `.repeat(60) }],
  },
];
const talk = (turns: number): AgentInputItem[] => [
  ...Array.from({ length: turns }, (_, index) => said(index)).flat(),
  { role: 'user', content: 'Go on.' },
];

describe('a prompt that the provider refuses as too long', () => {
  test('is sent again smaller, and the run succeeds', async () => {
    const { runner, server, results, recovery } = await setUp(6000);
    const result = await runner.run(agent, talk(40));
    expect(result.finalOutput).toBe('Done.');
    expect(server.prompts.map(({ isRefused }) => isRefused)).toEqual([true, false]);
    expect(results.map(({ phase, trigger, outcome }) => ({ phase, trigger, outcome }))).toEqual([
      { phase: 'preflight', trigger: 'threshold', outcome: 'noop_below' },
      { phase: 'overflow', trigger: 'overflow', outcome: 'compacted' },
    ]);
    expect(results[1]?.overflow).toMatchObject({
      attempt: 1,
      step: 'compact',
      overflow: { pattern: 'openai_responses', kind: 'tokens' },
    });
    expect(recovery).toEqual(['attempted', 'recovered']);
    // The runner's own history is whole.
    expect(result.history).toHaveLength(82);
  });

  test('teaches the engine: the next calls are compacted in time', async () => {
    const { runner, server } = await setUp(6000);
    for (let turns = 40; turns < 60; turns += 1) await runner.run(agent, talk(turns));
    expect(server.prompts.filter(({ isRefused }) => isRefused).length).toBeLessThanOrEqual(2);
  });

  test.each(['status', 'event'] as const)(
    'is sent again on a stream of which nothing was passed on, refused by %s',
    async (mode) => {
      const { runner, server, recovery } = await setUp(6000, mode);
      const result = await runner.run(agent, talk(40), { stream: true });
      const types: string[] = [];
      for await (const event of result) {
        if (event.type === 'raw_model_stream_event') types.push(event.data.type);
      }
      await result.completed;
      expect(result.finalOutput).toBe('Done.');
      expect(server.prompts.map(({ isRefused }) => isRefused)).toEqual([true, false]);
      expect(recovery).toEqual(['attempted', 'recovered']);
      // Of the refused response nobody hears.
      expect(types.filter((type) => type === 'response_started')).toHaveLength(1);
      expect(types).toContain('output_text_delta');
    },
  );

  test.each([false, true])(
    "gives the provider's error where nothing helps, with what was tried (stream: %s)",
    async (stream) => {
      const { runner, server, recovery } = await setUp(500);
      const input: AgentInputItem[] = [{ role: 'user', content: 'x'.repeat(8000) }];
      const caught: unknown = await (async () => {
        if (!stream) return runner.run(agent, input);
        const result = await runner.run(agent, input, { stream: true });
        for await (const _ of result);
        return result.completed;
      })().catch((error: unknown) => error);
      expect(caught).toMatchObject({ status: 400, code: 'context_length_exceeded', param: 'input' });
      expect(recovery.at(-1)).toBe('unrecovered');
      const { cause } = caught as Error;
      expect(CompactError.isInstance(cause) && cause.code).toBe('overflow_unrecovered');
      expect(server.prompts.length).toBeLessThanOrEqual(4);
    },
  );

  test('is left to the caller where no step is allowed', async () => {
    const { runner, server } = await setUp(6000, 'status', []);
    await expect(runner.run(agent, talk(40))).rejects.toMatchObject({ code: 'context_length_exceeded' });
    expect(server.prompts).toHaveLength(1);
  });
});
