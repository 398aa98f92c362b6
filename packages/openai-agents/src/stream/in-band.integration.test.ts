import { MemoryCompacted } from '@clew/core';
import { CompactManager, agents } from '@clew/core';
import { Agent, Runner } from '@openai/agents-core';
import type { RunStreamEvent } from '@openai/agents-core';
import { assistantMessage, modelError, ScriptedModel } from '@openai/agents-core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compactRunConfig } from '../compact-run-config.ts';
import { StrictOpenAI } from '../testing/openai/strict-openai.ts';
import { userMessage } from '../testing/item-histories.fixture.ts';
import { compactionIn } from './run-stream-event.ts';
import { startRun } from './streamed-run.fixture.ts';
import type { Streamed } from './streamed-run.fixture.ts';

let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens: 100_000 });
});
afterEach(async () => server.close());

async function all<TValue>(values: AsyncIterable<TValue>): Promise<TValue[]> {
  const list: TValue[] = [];
  for await (const value of values) list.push(value);
  return list;
}

const nameOf = (event: RunStreamEvent): string => {
  const compaction = compactionIn(event);
  if (compaction !== undefined) return compaction.type;
  if (event.type === 'run_item_stream_event') return event.name;
  if (event.type === 'agent_updated_stream_event') return `agent ${event.agent.name}`;
  return event.data.type;
};

/** As a consumer could write it down. */
const written = (event: RunStreamEvent) =>
  JSON.stringify(event, (key, value: unknown) => (key === 'agent' ? undefined : value));

const consumers = {
  'for await': async (scene: Streamed) => {
    const { run } = await startRun(server, scene);
    return (await all(run)).filter((event) => compactionIn(event) === undefined).map(written);
  },
  toStream: async (scene: Streamed) => {
    const { run } = await startRun(server, scene);
    return (await all(run.toStream())).filter((event) => compactionIn(event) === undefined).map(written);
  },
  toTextStream: async (scene: Streamed) => {
    const { run } = await startRun(server, scene);
    return all(run.toTextStream());
  },
  'a stream for Node': async (scene: Streamed) => {
    const { run } = await startRun(server, scene);
    return all(run.toTextStream({ compatibleWithNodeStreams: true }));
  },
  completed: async (scene: Streamed) => {
    const { run, session } = await startRun(server, scene);
    await run.completed;
    return [run.finalOutput, run.history, run.newItems, await session.getItems()];
  },
};

describe.each(['responses', 'chat'] as const)('a streamed run over %s', (api) => {
  it('tells of each compaction once, behind the first event of the call that it was made for', async () => {
    const { run, manager } = await startRun(server, { api, isCompacted: true });
    const completed: string[] = [];
    manager.events.subscribe((event) => {
      if (event.type === 'context.compaction.completed') completed.push(event.run_id);
    });
    const events = await all(run);
    await run.completed;
    const names = events.map(nameOf).filter((name) => name !== 'model' && name !== 'output_text_delta');
    expect(names).toEqual([
      'response_started',
      'response.memory.compacted',
      'response_done',
      ...(api === 'responses' ? ['reasoning_item_created'] : []),
      'tool_called',
      'tool_output',
      'response_started',
      'response_done',
      'handoff_requested',
      'handoff_occurred',
      'agent Bob',
      'response_started',
      'response_done',
      'message_output_created',
    ]);
    const compactions = events.flatMap((event) => compactionIn(event) ?? []);
    expect(compactions.map((event) => MemoryCompacted.parse(event))).toEqual(compactions);
    expect(compactions.map(({ run_id }) => run_id)).toEqual(completed);
    expect(compactions[0]).toMatchObject({
      kind: 'response.memory.compacted',
      run_item_type: 'memory_compaction',
      session_id: 's',
      outcome: 'compacted',
    });
    const told = events.filter((event) => compactionIn(event) !== undefined);
    expect(told.map((event) => event.type === 'raw_model_stream_event' && event.source)).toEqual(
      told.map(() => 'compact'),
    );
    expect(run.finalOutput).toBe('Here is what was found.');
  });

  it.each(Object.entries(consumers))(
    'is the same to %s that does not know of compactions, told or not',
    async (_name, consume) => {
      // Each run from the same numbers: a server of its own.
      const seen: string[] = [];
      for (const streamEvents of [true, false]) {
        await server.close();
        server = await StrictOpenAI.start({ contextTokens: 100_000 });
        seen.push(JSON.stringify(await consume({ api, isCompacted: true, streamEvents })));
        expect(server.requests.filter(({ status }) => status !== 200)).toEqual([]);
      }
      expect(seen[0]?.length).toBeGreaterThan(10);
      expect(seen[0]).toBe(seen[1]);
    },
  );
});

const long = Array.from({ length: 20 }, (_, index) => [
  userMessage(`question ${index} `.repeat(40)),
  assistantMessage(`answer ${index} `.repeat(40)),
]).flat();

function scripted(model: ScriptedModel) {
  const manager = new CompactManager({
    model: 'gpt-5',
    maxContextTokens: 3000,
    dialect: agents,
    policy: { hardCapBuffer: 200 },
  });
  return new Runner({
    tracingDisabled: true,
    ...compactRunConfig({ manager, provider: { getModel: () => model }, sessionId: 's' }),
  });
}

it('tells of it once where the runner tries a call again, which it still does', async () => {
  const advice = { suggested: true, replaySafety: 'safe' } as const;
  const model = new ScriptedModel([modelError(new Error('busy'), advice), [assistantMessage('Done.')]]);
  const agent = new Agent({
    name: 'Ada',
    modelSettings: { retry: { maxRetries: 1, backoff: { initialDelayMs: 0 }, policy: () => true } },
  });
  const run = await scripted(model).run(agent, [...long, userMessage('Go on.')], { stream: true });
  const events = await all(run);
  expect(model.calls).toHaveLength(2);
  expect(events.flatMap((event) => compactionIn(event) ?? [])).toHaveLength(1);
  expect(run.finalOutput).toBe('Done.');
});

it('does not tell a later stream of what was compacted for a call without one', async () => {
  const model = new ScriptedModel([[assistantMessage('One.')], [assistantMessage('Two.')]]);
  const runner = scripted(model);
  const agent = new Agent({ name: 'Ada' });
  const first = await runner.run(agent, [...long, userMessage('Go on.')]);
  const run = await runner.run(agent, [...first.history, userMessage('And now?')], { stream: true });
  expect((await all(run)).flatMap((event) => compactionIn(event) ?? [])).toEqual([]);
  expect(model.calls[1]?.request.input.length).toBeLessThan(42);
});
