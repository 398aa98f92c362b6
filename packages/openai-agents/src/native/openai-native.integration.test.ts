import { CompactError, CompactManager, agents } from '@clew/core';
import type { AgentItem, CompactPolicyInput, CompactResult } from '@clew/core';
import { RecordingObserver, brokenLaws } from '@clew/core/testing';
import { Agent, MemorySession, OpenAIProvider, Runner, tool } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compactRunConfig } from '../compact-run-config.ts';
import { runLongSession } from '../testing/long-session.fixture.ts';
import { compactingProvider } from '../compacting-provider.ts';
import { call, say } from '../testing/openai/reply.ts';
import { StrictOpenAI } from '../testing/openai/strict-openai.ts';

const contextTokens = 2000;
const servers: StrictOpenAI[] = [];
let server: StrictOpenAI;
const start = async (options: { readonly knowsCompaction?: boolean } = {}) => {
  server = await StrictOpenAI.start({ contextTokens, ...options });
  servers.push(server);
};
beforeEach(async () => start());
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.close()));
});

function setUp(policy: CompactPolicyInput, { useResponses = true, model = 'gpt-5.2' } = {}) {
  const observer = new RecordingObserver();
  const manager = new CompactManager<AgentItem>({
    model,
    maxContextTokens: contextTokens,
    dialect: agents,
    observer,
    policy: { hardCapBuffer: 200, triggerPct: 0.5, targetPct: 0.4, ...policy },
  });
  const provider = new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL, useResponses });
  const config = compactRunConfig({ provider, manager, sessionId: 's' });
  const runner = new Runner({ ...config, model, tracingDisabled: true });
  const results = (): readonly CompactResult<unknown>[] =>
    observer.runs.flatMap(({ result }) => result ?? []);
  return { runner, manager, observer, provider, results };
}

const agent = new Agent({ name: 'Ada', instructions: 'Be brief.' });
const ask = (turn: number) => `question ${turn} `.repeat(30);
const Sent = z.looseObject({
  input: z.array(z.looseObject({ type: z.string().optional() })),
  context_management: z.unknown().optional(),
});
const bodies = () => server.requests.map(({ body }) => Sent.parse(body));
const isCompaction = ({ type }: { readonly type?: string | undefined }) => type === 'compaction';

async function converse(runner: Runner, turns: number, options: object, stream = false) {
  for (let turn = 0; turn < turns; turn += 1) {
    server.script([say(`answer ${turn} `.repeat(30))]);
    if (!stream) {
      await runner.run(agent, ask(turn), options);
      continue;
    }
    const result = await runner.run(agent, ask(turn), { ...options, stream: true });
    for await (const event of result) void event;
    await result.completed;
  }
}

describe.each([false, true])('OpenAI compacts by itself (stream: %s)', (stream) => {
  it('within the call, at the threshold of the policy; the session goes on with its item, and the ledger has it all', async () => {
    const { runner, results, manager } = setUp({ providerMode: 'native' });
    const session = new MemorySession();
    const events: string[] = [];
    manager.events.subscribe((event) => events.push(event.type));
    await converse(runner, 20, { session }, stream);

    expect(server.requests.every(({ status }) => status === 200)).toBe(true);
    expect(bodies().every((body) => JSON.stringify(body.context_management) === threshold(1000))).toBe(true);
    const native = results().filter(({ phase }) => phase === 'provider');
    expect(native.length).toBeGreaterThan(1);
    for (const result of results()) expect(brokenLaws(result)).toEqual([]);
    for (const result of native) {
      expect(result).toMatchObject({ outcome: 'compacted', summary: { by: 'provider', text: '' } });
      expect(result.tokens.after).toBeLessThan(result.tokens.before);
    }
    const pairs = native.flatMap(() => ['context.compaction.started', 'context.compaction.completed']);
    expect(events).toEqual(pairs);
    // Nothing of the engine's own was needed.
    expect(results().filter(({ splice, phase }) => splice !== undefined && phase !== 'provider')).toEqual([]);
    // Every request after the first compaction begins with the item, as it was given.
    const first = bodies().findIndex(({ input }) => input.some(isCompaction));
    expect(
      bodies()
        .slice(first)
        .every(({ input }) => isCompaction(input[0] ?? {})),
    ).toBe(true);
    // All that was ever seen is accounted for: 20 questions and the answers before the last.
    expect(results().at(-1)?.coverage.seen).toBe(39);
  });

  it('with server-managed state the provider is asked all the same', async () => {
    const { runner, results } = setUp({ providerMode: 'auto' });
    await converse(runner, 12, { conversationId: 'conv_1' }, stream);

    expect(server.requests.every(({ status }) => status === 200)).toBe(true);
    expect(bodies().every(({ input }) => input.length === 1)).toBe(true);
    expect(Math.max(...server.requests.map(({ inputTokens }) => inputTokens))).toBeLessThan(1300);
    const native = results();
    expect(native.length).toBeGreaterThan(0);
    expect(native.every(({ phase, outcome }) => phase === 'provider' && outcome === 'compacted')).toBe(true);
    for (const result of native) expect(brokenLaws(result)).toEqual([]);
  });
});

const threshold = (tokens: number) => JSON.stringify([{ type: 'compaction', compact_threshold: tokens }]);

describe('where the provider holds the history', () => {
  it.each([
    ['conversationId', { conversationId: 'conv_1' }],
    ['previousResponseId', { previousResponseId: 'resp_1' }],
  ])('with %s, local is refused at the first call, before anything is sent', async (_, options) => {
    const { runner } = setUp({});
    const work = runner.run(agent, 'hi', options);
    await expect(work).rejects.toThrow(/providerMode to 'auto' or 'native'/u);
    const error: unknown = await work.catch((caught: unknown) => caught);
    expect(CompactError.isInstance(error) && error.code).toBe('server_managed_state');
    expect(server.requests).toEqual([]);
  });

  it('auto is refused where the provider does not know the parameter', async () => {
    await start({ knowsCompaction: false });
    const { runner } = setUp({ providerMode: 'auto' });
    server.script([say('hi')]);
    const work = runner.run(agent, 'hi', { conversationId: 'conv_1' });
    await expect(work).rejects.toThrow(/holds the history.*does not know the parameter/u);
  });
});

describe('what is missing the engine does, by itself', () => {
  const talk = async (runner: Runner) => converse(runner, 20, { session: new MemorySession() });

  it('a server that refuses to be asked: the same call goes on without, and no later one asks again', async () => {
    await start({ knowsCompaction: false });
    const { runner, results, observer } = setUp({ providerMode: 'native' });
    await talk(runner);

    expect(server.requests.map(({ status }) => status)).toEqual([
      400,
      ...Array.from({ length: 20 }, () => 200),
    ]);
    expect(
      bodies()
        .slice(1)
        .every((body) => body.context_management === undefined),
    ).toBe(true);
    expect(results().at(-1)?.provider).toEqual({
      mode: 'native',
      used: 'local',
      fallback: 'The provider refused to be asked: it does not know the parameter.',
    });
    expect(results().some(({ rule }) => rule === 'threshold')).toBe(true);
    const errors = observer.runs.flatMap(({ steps }) => steps.filter(({ name }) => name === 'error'));
    expect(errors).toMatchObject([{ errorType: 'native_unavailable', fallback: 'local' }]);
  });

  it('Chat Completions, which has no such parameter', async () => {
    const { runner, results } = setUp({ providerMode: 'auto' }, { useResponses: false });
    await talk(runner);
    expect(server.requests.every(({ status }) => status === 200)).toBe(true);
    expect(results().at(-1)?.provider).toMatchObject({
      used: 'local',
      fallback: expect.stringMatching(/has no parameter/u),
    });
    expect(results().some(({ rule }) => rule === 'threshold')).toBe(true);
  });

  it('a model of which nobody knows, unless the user does', async () => {
    const { runner, results } = setUp({ providerMode: 'auto' }, { model: 'mine' });
    await converse(runner, 1, { session: new MemorySession() });
    expect(results().at(-1)?.provider?.fallback).toMatch(/Nothing is known/u);
  });
});

it('a tool that floods the prompt past the budget is met by the guard, and the provider’s item stays', async () => {
  const { runner, results } = setUp({ providerMode: 'native' });
  const session = new MemorySession();
  await converse(runner, 10, { session });
  const flood = tool({
    name: 'flood',
    description: 'Says much',
    parameters: z.object({}),
    execute: async () => 'line of output\n'.repeat(600),
  });
  const ada = new Agent({ name: 'Ada', tools: [flood] });
  server.script([call('flood')], [say('done')]);
  const result = await runner.run(ada, 'Do it.', { session });

  expect(result.finalOutput).toBe('done');
  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
  const guarded = results().find(({ rule }) => rule === 'hard_limit');
  expect(guarded?.tokens.after).toBeLessThan(contextTokens);
  expect(bodies().at(-1)?.input.some(isCompaction)).toBe(true);
});

it.each([false, true])(
  'a long session of every kind of item ends without a 400 (stream: %s)',
  async (isStreamed) => {
    const { manager, results } = setUp({ providerMode: 'native' });
    await runLongSession({
      server,
      api: 'responses',
      isStreamed,
      turns: 60,
      wrap: (provider) => compactingProvider({ provider, manager, sessionId: 's' }),
    });
    expect(server.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(results().filter(({ phase }) => phase === 'provider').length).toBeGreaterThan(2);
    for (const result of results()) expect(brokenLaws(result)).toEqual([]);
  },
);

it('on a stream the compaction is told in band, before the end of the answer', async () => {
  const { runner } = setUp({ providerMode: 'native' });
  const session = new MemorySession();
  await converse(runner, 5, { session });
  server.script([say('answer '.repeat(30))]);
  const types: string[] = [];
  const result = await runner.run(agent, ask(9).repeat(4), { session, stream: true });
  for await (const event of result) {
    if (event.type !== 'raw_model_stream_event') continue;
    const { data } = event;
    types.push(data.type === 'model' ? String(Reflect.get(Object(data.event), 'type')) : data.type);
  }
  await result.completed;
  expect(types.filter((type) => type === 'response.memory.compacted')).toHaveLength(1);
  expect(types.indexOf('response.memory.compacted')).toBeLessThan(types.indexOf('response_done'));
});

it('what the application asks of the provider itself stays as it is', async () => {
  const { runner } = setUp({ providerMode: 'native' });
  const own = new Agent({
    name: 'Own',
    modelSettings: { contextManagement: [{ type: 'compaction', compactThreshold: 77 }] },
  });
  server.script([say('hi')]);
  const input: AgentInputItem[] = [{ role: 'user', content: 'hi' }];
  await runner.run(own, input);
  expect(JSON.stringify(bodies()[0]?.context_management)).toBe(threshold(77));
});
