import { agents } from '@clew/core';
import { OpenAIProvider } from '@openai/agents';
import { Agent, Runner, setTraceProcessors, setTracingDisabled, tool } from '@openai/agents-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { compactingProvider } from './compacting-provider.ts';
import { call, say } from './testing/openai/reply.ts';
import { watchedEngine } from './testing/watched-engine.fixture.ts';
import { StrictOpenAI } from './testing/openai/strict-openai.ts';

const contextTokens = 1500;
let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens });
  setTraceProcessors([]);
});
afterEach(async () => server.close());

const lookup = tool({
  name: 'lookup',
  description: 'Looks something up',
  parameters: z.object({ key: z.string() }),
  execute: async ({ key }) => `${key}: ${'a line of what was found for it. '.repeat(12)}`,
});
const bob = new Agent({ name: 'Bob', instructions: 'You are Bob.', model: 'gpt-5', tools: [lookup] });
const ada = new Agent({
  name: 'Ada',
  instructions: 'You are Ada.',
  model: 'gpt-5',
  tools: [
    lookup,
    bob.asTool({ toolName: 'ask_bob', toolDescription: 'Asks Bob', runOptions: { maxTurns: 40 } }),
  ],
});

/** The outer agent works, then asks two others at once, each of which works for long, and works on. */
function scriptAll(): void {
  const work = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => [call('lookup', { key: `${name}-${index}` })]);
  server.script(
    ...work('before', 12),
    [call('ask_bob', { input: 'one' }), call('ask_bob', { input: 'two' })],
    ...work('bob', 24),
    [say('found')],
    [say('found')],
    ...work('after', 12),
    [say('done')],
  );
}

it.each([
  { isTraced: true, sessionId: undefined, outer: /^trace_\w+$/u },
  { isTraced: true, sessionId: 'conversation-7', outer: /^conversation-7$/u },
  { isTraced: false, sessionId: undefined, outer: /^provider-/u },
])(
  'agents that run as tools at the same time have sessions of their own (traced: $isTraced, told: $sessionId)',
  async ({ isTraced, sessionId, outer }) => {
    setTracingDisabled(!isTraced);
    const engine = watchedEngine(contextTokens, { hardCapBuffer: 150, summaryMaxTokens: 250 });
    const { manager } = engine;
    const provider = new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL });
    const errors: unknown[] = [];
    const runner = new Runner({
      modelProvider: compactingProvider({
        provider,
        manager,
        sessionId,
        onError: (error) => void errors.push(error),
      }),
    });
    scriptAll();

    const { finalOutput, history } = await runner.run(ada, 'Go.', { maxTurns: 40 });

    expect(finalOutput).toBe('done');
    expect(errors).toEqual([]);
    expect(server.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(agents.validate(history)).toEqual([]);
    const results = engine.results();
    const ids = [...new Set(results.map((result) => result.sessionId))];
    expect(ids).toHaveLength(3);
    expect(ids[0]).toMatch(outer);
    // Every call was looked at, and where one was compacted the next ones were small without another compaction.
    expect(results).toHaveLength(server.requests.length);
    const made = results.filter(({ splice }) => splice !== undefined).length;
    expect(made).toBeGreaterThan(4);
    expect(made).toBeLessThan(results.length / 2);
  },
);

it('agents as tools fail without compaction', async () => {
  setTracingDisabled(true);
  const modelProvider = new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL });
  scriptAll();

  await expect(new Runner({ modelProvider }).run(ada, 'Go.', { maxTurns: 40 })).rejects.toMatchObject({
    code: 'context_length_exceeded',
  });
});
