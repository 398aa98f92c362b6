import { CompactManager, agents } from '@clew/core';
import type { AgentItem } from '@clew/core';
import { Agent, MemorySession, Runner, tool, withGenerationSpan } from '@openai/agents-core';
import type { AgentInputItem, Model, ModelRequest } from '@openai/agents-core';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents-core/testing';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { FakeCompactor } from '../testing/fake-compactor.ts';
import type { FakeStep } from '../testing/fake-compactor.ts';
import { itemHistories, userMessage } from '../testing/item-histories.fixture.ts';
import { traceAgents } from '../testing/trace-agents.ts';
import { compactInputFilter } from './compact-input-filter.ts';
import { fitToSession } from './fit-to-session.ts';

const read = tool({
  name: 'read',
  description: 'Reads a file',
  parameters: z.object({ path: z.string() }),
  execute: async ({ path }) => `${path}: ${'some words of a file. '.repeat(60)}`,
});

const manager = () =>
  new CompactManager<AgentItem>({
    model: 'gpt-5',
    maxContextTokens: 2500,
    dialect: agents,
    policy: {
      hardCapBuffer: 100,
      keepToolIoPairs: 1,
      keepRecentTurns: 1,
      summaryMaxTokens: 200,
      ladder: ['digest', 'window'],
    },
  });

const throwing = (error: unknown) => {
  throw error;
};

/** `runs` runs, each with some calls of a tool, in one session. */
async function work(
  runs: number,
  filter: ReturnType<typeof compactInputFilter> | undefined,
  isStreamed: boolean,
) {
  let number = 0;
  const step = () => [functionCall('read', { path: `f${(number += 1)}` }, { callId: `c${number}` })];
  const script = Array.from({ length: runs }, (_, run) => [
    step(),
    step(),
    [assistantMessage(`done ${run}`)],
  ]);
  const model = new ScriptedModel(script.flat());
  const session = new MemorySession();
  const runner = new Runner({
    tracingDisabled: true,
    ...(filter !== undefined && { callModelInputFilter: filter }),
  });
  const agent = new Agent({ name: 'Ada', instructions: 'Read.', model, tools: [read] });
  const histories: AgentInputItem[][] = [];
  for (let run = 0; run < runs; run += 1) {
    if (isStreamed) {
      const result = await runner.run(agent, `task ${run}`, { session, stream: true });
      await result.completed;
      histories.push(result.history);
    } else histories.push((await runner.run(agent, `task ${run}`, { session })).history);
  }
  model.assertComplete();
  return { inputs: model.calls.map(({ request }) => itemsIn(request)), session, histories };
}

function itemsIn({ input }: ModelRequest): AgentInputItem[] {
  return typeof input === 'string' ? [userMessage(input)] : input;
}

test.each([false, true])(
  'sessions and histories are what they are without it, and each prompt is small and valid (stream: %s)',
  async (isStreamed) => {
    const plain = await work(8, undefined, isStreamed);
    const filter = compactInputFilter({ manager: manager(), sessionId: 's', onError: throwing });
    const filtered = await work(8, filter, isStreamed);

    expect(await filtered.session.getItems()).toEqual(await plain.session.getItems());
    expect(filtered.histories).toEqual(plain.histories);
    const longest = (inputs: readonly object[]) =>
      Math.max(...inputs.map((input) => JSON.stringify(input).length));
    expect(longest(filtered.inputs)).toBeLessThan(longest(plain.inputs) / 2);
    expect(filtered.inputs.flatMap((input) => agents.validate(input))).toEqual([]);
    const summaries = filtered.inputs.filter((input) => JSON.stringify(input).includes('<COMPACT-SUMMARY'));
    expect(summaries.length).toBeGreaterThan(5);
  },
);

test('whatever leaves and whatever is put in its place, the session gets the run’s input and its output', async () => {
  await fc.assert(
    fc.asyncProperty(
      itemHistories,
      fc.array(fc.nat(3), { minLength: 60, maxLength: 60 }),
      async (history, fates) => {
        const session = new MemorySession({ initialItems: history });
        const before = await session.getItems();
        // Any compactor: keeps, drops, edits what is no message of the user, and inserts as many as it drops at most.
        const compactor = new FakeCompactor([
          ({ items }) => {
            let room = 0;
            return {
              outcome: 'compacted',
              items: items.flatMap((item, index) => {
                const fate = index === items.length - 1 ? 0 : fates[index % fates.length];
                if (fate === 1) room += 1;
                if (fate === 1) return [];
                if (fate === 2) return [agents.replaceText(item, 'short')];
                const summary =
                  room > 0 && fate === 3 ? [agents.message('assistant', `summary ${index}`)] : [];
                room -= summary.length;
                return [...summary, item];
              }),
            };
          },
        ]);
        const model = new ScriptedModel([[assistantMessage('answer')]]);
        const runner = new Runner({
          tracingDisabled: true,
          callModelInputFilter: compactInputFilter({ manager: compactor, onError: throwing }),
        });

        await runner.run(new Agent({ name: 'Ada', model }), 'question', { session });

        expect(await session.getItems()).toEqual([
          ...before,
          userMessage('question'),
          expect.objectContaining({ role: 'assistant' }),
        ]);
      },
    ),
    { numRuns: 40 },
  );
});

describe('the run’s own input', () => {
  const own = ['one', 'two', 'three'].map(userMessage);

  it('goes out whole where the engine would leave some of it out, and is stored whole', async () => {
    const model = new ScriptedModel([[assistantMessage('answer')]]);
    const session = new MemorySession({ initialItems: [userMessage('old'), assistantMessage('older')] });
    const summary = assistantMessage('<COMPACT-SUMMARY v1>');
    const compactor = new FakeCompactor([
      ({ items }) => ({ outcome: 'compacted', items: [summary, ...items.slice(-1)] }),
    ]);
    const callModelInputFilter = compactInputFilter({ manager: compactor, onError: throwing });

    await new Runner({ tracingDisabled: true, callModelInputFilter }).run(
      new Agent({ name: 'Ada', model }),
      own,
      { session },
    );

    expect(model.calls[0]?.request.input).toEqual([summary, ...own]);
    const stored = await session.getItems();
    expect(stored).toHaveLength(6);
    expect(stored.slice(2, 5)).toEqual(own);
  });

  it('needs no summary where nothing else left', () => {
    const summary = assistantMessage('<COMPACT-SUMMARY v1>');
    expect(fitToSession([...own], [summary, ...own.slice(-1)])).toEqual(own);
  });
});

test('a history that the provider holds is left alone, and it is said why', async () => {
  const errors: unknown[] = [];
  const model = new ScriptedModel([
    [functionCall('read', { path: 'a' }, { callId: 'c1' })],
    [assistantMessage('done')],
  ]);
  const compactor = FakeCompactor.idle(1);
  const callModelInputFilter = compactInputFilter({
    manager: compactor,
    onError: (error) => void errors.push(error),
  });
  const runner = new Runner({ tracingDisabled: true, callModelInputFilter });

  await runner.run(new Agent({ name: 'Ada', model, tools: [read] }), 'hi', { conversationId: 'conv_1' });

  expect(compactor.requests).toHaveLength(1);
  expect(errors).toEqual([
    expect.objectContaining({
      code: 'invalid_items',
      message: expect.stringContaining('Use a session instead'),
    }),
  ]);
});

test('a preflight that fails is reported, and the call goes out as it came', async () => {
  const errors: unknown[] = [];
  const model = new ScriptedModel([[assistantMessage('ok')]]);
  const callModelInputFilter = compactInputFilter({
    manager: new FakeCompactor([new Error('no disk')]),
    onError: (error) => void errors.push(error),
  });
  const result = await new Runner({ tracingDisabled: true, callModelInputFilter }).run(
    new Agent({ name: 'Ada', model }),
    'hi',
  );
  expect(result.finalOutput).toBe('ok');
  expect(errors).toEqual([expect.objectContaining({ message: 'no disk' })]);
});

test('preflight is told what a filter knows', async () => {
  const model = new ScriptedModel([[assistantMessage('ok')]]);
  const compactor = FakeCompactor.idle(1);
  const callModelInputFilter = compactInputFilter({
    manager: compactor,
    sessionId: ({ context }) => String(context),
    tools: ['schema'],
    providerName: 'acme',
  });
  const runner = new Runner({
    tracingDisabled: true,
    callModelInputFilter,
    modelProvider: { getModel: () => model },
  });
  const agent = new Agent({ name: 'Ada', instructions: 'Be brief.', model: 'gpt-5.2' });
  await runner.run(agent, 'hi', { context: 'tenant-1' });
  expect(compactor.requests).toEqual([
    expect.objectContaining({
      sessionId: 'tenant-1',
      instructions: 'Be brief.',
      tools: ['schema'],
      model: 'gpt-5.2',
      provider: 'acme',
      agent: 'Ada',
    }),
  ]);
});

test.each([true, false])(
  'what the engine does stands in the turn, and the call after a compaction links to it (decorated: %s)',
  async (decorated) => {
    const { bridge, log, tracer } = traceAgents({ decorated });
    let count = 0;
    const steps: FakeStep[] = [{}, { outcome: 'compacted' as const }, {}].map((result) => () => {
      count += 1;
      const span = tracer.startSpan('compact.run');
      bridge.onRunSpan(`run-${count}`, span.spanContext());
      span.end();
      return result;
    });
    const answers = [
      [functionCall('nothing', {}, { callId: 'c' })],
      [assistantMessage('a')],
      [assistantMessage('b')],
    ];
    const scripted = new ScriptedModel(answers);
    // Traces itself, as OpenAI's models do.
    const model: Model = {
      getResponse: async (request) =>
        withGenerationSpan(async () => scripted.getResponse(request), { data: { model: 'm' } }),
      getStreamedResponse: (request) => scripted.getStreamedResponse(request),
    };
    const nothing = tool({ name: 'nothing', description: '', parameters: z.object({}), execute: () => '' });
    const callModelInputFilter = compactInputFilter({
      manager: new FakeCompactor(steps),
      bridge,
      onError: throwing,
    });
    const runner = new Runner({ callModelInputFilter });
    const agent = new Agent({ name: 'Ada', model, tools: [nothing] });
    await runner.run(agent, 'one');
    await runner.run(agent, 'two');

    const runs = log.started.filter(({ name }) => name === 'compact.run');
    const turns = log.started.filter(({ name }) => name === 'turn').map((span) => span.spanContext().spanId);
    expect(runs.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(turns);
    const chats = log.started.filter(({ name }) => name === 'chat m');
    expect(chats.map(({ attributes }) => attributes['gen_ai.conversation.compacted'])).toEqual([
      undefined,
      true,
      undefined,
    ]);
    expect(chats.map(({ links }) => links.map((link) => link.context.spanId))).toEqual([
      [],
      [runs[1]?.spanContext().spanId],
      [],
    ]);
  },
);

test('an agent that runs as a tool is compacted by a filter of its own run', async () => {
  const model = new ScriptedModel([
    [functionCall('ask', { input: 'q' }, { callId: 'n1' })],
    [assistantMessage('found')],
    [assistantMessage('done')],
  ]);
  const compactor = FakeCompactor.idle(3);
  const callModelInputFilter = compactInputFilter({
    manager: compactor,
    sessionId: ({ agent }) => agent.name,
  });
  const ask = new Agent({ name: 'Bob', model }).asTool({
    toolName: 'ask',
    toolDescription: 'asks',
    // The runner's filter is not inherited.
    runConfig: { callModelInputFilter },
  });

  await new Runner({ tracingDisabled: true, callModelInputFilter }).run(
    new Agent({ name: 'Ada', model, tools: [ask] }),
    'hi',
  );

  expect(compactor.requests.map(({ sessionId }) => sessionId)).toEqual(['Ada', 'Bob', 'Ada']);
});
