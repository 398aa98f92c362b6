import { createAnthropic } from '@ai-sdk/anthropic';
import { CompactManager, agents } from '@clew/core';
import type { AgentItem, CompactPolicyInput, CompactResult } from '@clew/core';
import { RecordingObserver, brokenLaws } from '@clew/core/testing';
import { Agent, MemorySession, Runner, tool } from '@openai/agents-core';
import type { Model, ModelProvider } from '@openai/agents-core';
import { aisdk } from '@openai/agents-extensions/ai-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compactRunConfig } from '../compact-run-config.ts';
import { StrictAnthropic } from '../testing/anthropic/strict-anthropic.fixture.ts';
import type { StrictAnthropicOptions } from '../testing/anthropic/strict-anthropic.fixture.ts';

const contextTokens = 3000;
const leastTokens = 100;
const servers: StrictAnthropic[] = [];
let server: StrictAnthropic;
const start = async (options: Partial<StrictAnthropicOptions> = {}) => {
  server = await StrictAnthropic.start({ contextTokens, leastTokens, ...options });
  servers.push(server);
};
beforeEach(async () => start());
afterEach(async () => {
  await Promise.all(servers.splice(0).map((one) => one.close()));
});

/** The real bridge and Anthropic's real package for it, which bring another copy of the SDK's core. */
function anthropicProvider(): ModelProvider {
  const anthropic = createAnthropic({ apiKey: 'none', baseURL: server.baseURL });
  return { getModel: (name = '') => aisdk(anthropic(name)) as unknown as Model };
}

function setUp(policy: CompactPolicyInput = {}, model = 'claude-opus-5') {
  const observer = new RecordingObserver();
  const parameter = 'context_management';
  const manager = new CompactManager<AgentItem>({
    model,
    maxContextTokens: contextTokens,
    dialect: agents,
    observer,
    // The double's windows are small.
    capabilities: { 'claude-opus-5': { serverCompaction: { parameter, leastTokens } } },
    policy: { providerMode: 'auto', hardCapBuffer: 300, triggerPct: 0.5, targetPct: 0.4, ...policy },
  });
  const config = compactRunConfig({ provider: anthropicProvider(), manager, sessionId: 's' });
  const runner = new Runner({ ...config, model, tracingDisabled: true });
  const results = (): readonly CompactResult<unknown>[] =>
    observer.runs.flatMap(({ result }) => result ?? []);
  return { runner, results, observer };
}

const agent = new Agent({ name: 'Ada', instructions: 'Be brief.' });
const ask = (turn: number) => `question ${turn} `.repeat(30);
const answer = (turn: number) => `answer ${turn} `.repeat(30).trim();
const Sent = z.looseObject({
  messages: z.array(
    z.looseObject({ role: z.string(), content: z.array(z.looseObject({ type: z.string() })) }),
  ),
  context_management: z.unknown().optional(),
});
const bodies = () => server.requests.map(({ body }) => Sent.parse(body));

/** @returns what the user saw of each answer */
async function converse(runner: Runner, turns: number, session: MemorySession, stream: boolean) {
  const seen: unknown[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    server.script({ text: answer(turn) });
    if (!stream) {
      seen.push((await runner.run(agent, ask(turn), { session })).finalOutput);
      continue;
    }
    const result = await runner.run(agent, ask(turn), { session, stream: true });
    let text = '';
    for await (const event of result) {
      if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta')
        text += event.data.delta;
    }
    await result.completed;
    expect(result.finalOutput).toBe(text);
    seen.push(text);
  }
  return seen;
}

describe.each([false, true])('Anthropic compacts by itself, by the bridge (stream: %s)', (stream) => {
  it('its summary is an item of its own, is no part of an answer, and goes back as the block that it was', async () => {
    const { runner, results } = setUp();
    const session = new MemorySession();
    const seen = await converse(runner, 20, session, stream);

    expect(server.requests.map(({ error }) => error).filter(Boolean)).toEqual([]);
    expect(seen).toEqual(Array.from({ length: 20 }, (_, turn) => answer(turn)));
    const native = results().filter(({ phase }) => phase === 'provider');
    expect(native.length).toBeGreaterThan(1);
    expect(native.map(({ summary }) => summary?.text)).toEqual(
      native.map((_, index) => expect.stringMatching(new RegExp(`^Summary ${index + 1} of`, 'u'))),
    );
    for (const result of results()) expect(brokenLaws(result)).toEqual([]);
    // Once made, it is the first that is sent, and nothing before it is.
    const first = server.requests.findIndex(({ edits }) => edits.includes('compact_20260112'));
    const heads = bodies()
      .slice(first + 1)
      .map(({ messages }) => messages[0]?.content[0]?.type);
    expect(new Set(heads)).toEqual(new Set(['compaction']));
    const items = await session.getItems();
    expect(items.filter(({ type }) => type === 'compaction').length).toBeGreaterThan(0);
    expect(results().at(-1)?.coverage.seen).toBe(39);
  });
});

const read = tool({
  name: 'read',
  description: 'Reads',
  parameters: z.object({}),
  execute: async () => 'line of a file\n'.repeat(40),
});
const reader = new Agent({ name: 'Ada', tools: [read] });

describe.each([false, true])('Anthropic clears old tool results (stream: %s)', (stream) => {
  it('as the policy would, and what it tells of it is told, and nothing else', async () => {
    const { runner, results } = setUp({ keepToolIoPairs: 2 }, 'claude-haiku-4-5');
    const calls = 10;
    server.script(...Array.from({ length: calls }, () => ({ tool: 'read' })), { text: 'Done.' });
    if (stream) {
      const result = await runner.run(reader, 'Read it all.', { stream: true, maxTurns: 20 });
      for await (const event of result) void event;
      await result.completed;
    } else await runner.run(reader, 'Read it all.', { maxTurns: 20 });

    expect(server.requests.map(({ error }) => error).filter(Boolean)).toEqual([]);
    expect(bodies()[0]?.context_management).toEqual({
      edits: [
        {
          type: 'clear_tool_uses_20250919',
          trigger: { type: 'input_tokens', value: 1500 },
          keep: { type: 'tool_uses', value: 2 },
          clear_at_least: { type: 'input_tokens', value: 150 },
          clear_tool_inputs: false,
        },
      ],
    });
    expect(results()[0]?.provider).toMatchObject({
      used: 'native',
      fallback: 'claude-haiku-4-5 does not compact by itself.',
    });
    const told = results().filter(({ phase }) => phase === 'provider');
    expect(told.length).toBeGreaterThan(0);
    for (const result of told) {
      expect(result.outcome).toBe('pruned_only');
      expect(result.provider?.report?.clearedToolUses).toBeGreaterThan(0);
      expect(result.count.byFate.cleared).toBe(0);
    }
    for (const result of results()) expect(brokenLaws(result)).toEqual([]);
  });
});

describe('what is missing the engine does', () => {
  const talk = async (runner: Runner) => converse(runner, 20, new MemorySession(), false);

  it('where the API does not know the parameter: the same call goes on without', async () => {
    await start({ knowsEdits: false });
    const { runner, results, observer } = setUp();
    await talk(runner);
    expect(server.requests.map(({ status }) => status)).toEqual([
      400,
      ...Array.from({ length: 20 }, () => 200),
    ]);
    expect(results().at(-1)?.provider).toMatchObject({
      used: 'local',
      fallback: expect.stringContaining('refused'),
    });
    expect(results().some(({ rule }) => rule === 'threshold')).toBe(true);
    const errors = observer.runs.flatMap(({ steps }) => steps.filter(({ name }) => name === 'error'));
    expect(errors).toMatchObject([{ errorType: 'native_unavailable', fallback: 'local' }]);
  });

  it('below the least threshold that is taken, it is not even asked', async () => {
    const { runner, results } = setUp({ ladder: ['summarize', 'digest'] }, 'claude-sonnet-5');
    await talk(runner);
    expect(bodies().every((body) => body.context_management === undefined)).toBe(true);
    expect(results().at(-1)?.provider?.fallback).toBe(
      'claude-sonnet-5 compacts from 50000 tokens on, and the policy asks for 1500.',
    );
  });
});
