import { CompactManager, agents } from '@clew/core';
import type { AgentItem } from '@clew/core';
import {
  Agent,
  MemorySession,
  retryPolicies,
  run,
  Runner,
  RunState,
  setDefaultModelProvider,
  setTracingDisabled,
  tool,
} from '@openai/agents-core';
import type {
  AgentInputItem,
  AgentOptions,
  CallModelInputFilter,
  ModelProvider,
  ModelRequest,
  Session,
} from '@openai/agents-core';
import { assistantMessage, functionCall, modelError, ScriptedModel } from '@openai/agents-core/testing';
import type { ScriptedModelInput } from '@openai/agents-core/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compactingProvider } from './compacting-provider.ts';
import { compactInputFilter } from './filter/compact-input-filter.ts';
import { BoundedSession } from './sessions/bounded-session.ts';
import { LocalCompactionSession } from './sessions/local-compaction-session.ts';

import { toolResult, userMessage } from './testing/item-histories.fixture.ts';
import { storedSessions } from './testing/stored-sessions.fixture.ts';

/** `run` asks the default provider once, and keeps it. */
let current: ModelProvider = { getModel: () => new ScriptedModel([]) };
beforeAll(() => {
  setTracingDisabled(true);
  setDefaultModelProvider({ getModel: (name) => current.getModel(name) });
});

const read = tool({
  name: 'read',
  description: 'Reads a file',
  parameters: z.object({ path: z.string() }),
  execute: async ({ path }) => `${path}: ${'text '.repeat(60)}`,
});
const remove = tool({
  name: 'remove',
  description: 'Removes a file, once a person has agreed',
  parameters: z.object({ path: z.string() }),
  needsApproval: true,
  execute: async ({ path }) => `${path} is gone`,
});

type ModelTurn = ScriptedModelInput;
type Scenario = { readonly name: string; readonly script: readonly ModelTurn[]; readonly agent: () => Agent };

const ada = (more: Partial<AgentOptions> = {}): Agent =>
  new Agent({ name: 'Ada', instructions: 'Be brief.', model: 'gpt-5', ...more });
const reads = (...ids: readonly string[]) =>
  ids.map((callId) => functionCall('read', { path: callId }, { callId }));
/** Where the provider holds the history, the runner tries again only what the model calls safe to send twice. */
const busy = () =>
  modelError(Object.assign(new Error('busy'), { status: 503 }), { suggested: true, replaySafety: 'safe' });
const whenBusy = retryPolicies.httpStatus([503]);
const done = [assistantMessage('Done.')];

/** What may happen in a run. */
const scenarios: readonly Scenario[] = [
  { name: 'an answer', script: [done], agent: () => ada() },
  {
    name: 'a tool loop',
    script: [reads('c1'), reads('c2', 'c3'), done],
    agent: () => ada({ tools: [read] }),
  },
  {
    name: 'a handoff',
    script: [[functionCall('transfer_to_Bob', {}, { callId: 'h1' })], reads('c1'), done],
    agent: () => ada({ handoffs: [new Agent({ name: 'Bob', model: 'gpt-5', tools: [read] })] }),
  },
  {
    name: 'an agent as a tool',
    script: [
      [functionCall('ask', { input: 'q' }, { callId: 'n1' })],
      reads('c1'),
      [assistantMessage('found')],
      done,
    ],
    agent: () =>
      ada({
        tools: [
          new Agent({ name: 'Bob', model: 'gpt-5', tools: [read] }).asTool({
            toolName: 'ask',
            toolDescription: 'asks',
          }),
        ],
      }),
  },
  {
    name: 'retries',
    script: [busy(), busy(), reads('c1'), busy(), done],
    agent: () =>
      ada({
        tools: [read],
        modelSettings: {
          retry: { maxRetries: 3, policy: whenBusy, backoff: { initialDelayMs: 0 } },
        },
      }),
  },
  {
    name: 'an approval in an agent that runs as a tool',
    script: [
      [functionCall('ask', { input: 'q' }, { callId: 'n1' })],
      [functionCall('remove', { path: 'a' }, { callId: 'a1' })],
      [assistantMessage('removed')],
      done,
    ],
    agent: () =>
      ada({
        tools: [
          new Agent({ name: 'Bob', model: 'gpt-5', tools: [remove] }).asTool({
            toolName: 'ask',
            toolDescription: 'asks',
          }),
        ],
      }),
  },
  {
    name: 'an approval, with the state restored from JSON',
    script: [[functionCall('remove', { path: 'a' }, { callId: 'a1' })], reads('c1'), done],
    agent: () => ada({ tools: [read, remove] }),
  },
];

/** A history far above the window. */
const past: readonly AgentInputItem[] = Array.from({ length: 6 }, (_, turn): AgentInputItem[] => [
  userMessage(`question ${turn}`),
  functionCall('read', { path: `p${turn}` }, { callId: `past_${turn}` }),
  toolResult(`past_${turn}`, `contents ${turn} `.repeat(140)),
  assistantMessage(`answer ${turn}`),
]).flat();

type Mode = 'a session' | 'the history as input' | 'a conversation of the provider' | 'a previous response';
type Path = {
  readonly scenario: Scenario;
  readonly caller: 'run' | 'Runner';
  readonly isStreamed: boolean;
  readonly mode: Mode;
  readonly session: Session | undefined;
};

/** Where compaction sits: nowhere, in the model provider, or in a filter. */
type Seam = {
  readonly provider?: (provider: ModelProvider) => ModelProvider;
  readonly filter?: CallModelInputFilter;
};

/** What a run left behind, by the path it took. */
async function take(
  { scenario, caller, isStreamed, mode, session }: Path,
  { provider: wrap = (provider) => provider, filter }: Seam,
) {
  const model = new ScriptedModel([...scenario.script]);
  const provider = wrap({ getModel: () => model });
  const agent = scenario.agent();
  const runner = new Runner({ modelProvider: provider, tracingDisabled: true });
  current = provider;
  const options = {
    ...(filter !== undefined && { callModelInputFilter: filter }),
    ...(session !== undefined && { session }),
    ...(mode === 'a conversation of the provider' && { conversationId: 'conv_1' }),
    ...(mode === 'a previous response' && { previousResponseId: 'resp_0' }),
  };
  await session?.addItems([...past]);
  const once = async (input: string | AgentInputItem[] | RunState<unknown, Agent>) => {
    if (!isStreamed) return caller === 'run' ? run(agent, input, options) : runner.run(agent, input, options);
    const streamed = { ...options, stream: true as const };
    const result = await (caller === 'run'
      ? run(agent, input, streamed)
      : runner.run(agent, input, streamed));
    for await (const event of result) void event;
    await result.completed;
    return result;
  };
  let result = await once(mode === 'the history as input' ? [...past, userMessage('Go.')] : 'Go.');
  while (result.interruptions.length > 0) {
    const state = await RunState.fromString(agent, result.state.toString());
    for (const interruption of state.getInterruptions()) state.approve(interruption);
    result = await once(state);
  }
  model.assertComplete();
  return {
    prompts: model.calls.map(({ request }) => request),
    left: {
      output: result.finalOutput,
      history: result.history,
      items: result.newItems.map(({ type }) => type),
      lastAgent: result.lastAgent?.name,
      stored: await session?.getItems(),
    },
  };
}

const seams = {
  'the model provider': () => ({
    provider: (provider: ModelProvider) => compactingProvider({ provider, ...settings() }),
  }),
  'a filter': () => ({ filter: compactInputFilter(settings()) }),
} satisfies Record<string, () => Seam>;

/** An engine with a window that the past is far above. */
function settings() {
  const manager = new CompactManager<AgentItem>({
    model: 'gpt-5',
    maxContextTokens: 2000,
    dialect: agents,
    policy: {
      hardCapBuffer: 100,
      keepRecentTurns: 1,
      keepToolIoPairs: 1,
      ladder: ['digest', 'window'],
      summaryMaxTokens: 200,
    },
  });
  return { manager, sessionId: 's' };
}

const itemsOf = ({ input }: ModelRequest) => (typeof input === 'string' ? [userMessage(input)] : input);
const isCompacted = (request: ModelRequest) => JSON.stringify(request.input).includes('<COMPACT-SUMMARY v');

function around(wrap: (session: Session) => Session) {
  return async () => ({ session: wrap(new MemorySession()) });
}

/** All of a request but the items: settings that the SDK derives from a model's name, tools, handoffs, ids. */
const besideInput = (request: ModelRequest) => ({
  ...request,
  input: undefined,
  signal: undefined,
  _internal: undefined,
});

/** Session kinds: none, each kind of store, and ours over one. */
const sessionKinds: readonly (readonly [
  string,
  () => Promise<{ session?: Session; close?: () => Promise<void> }>,
])[] = [
  ['no session', async () => ({})],
  ...storedSessions,
  [
    'a window over a memory session',
    around((session) => new LocalCompactionSession(session, { windowSize: 40 })),
  ],
  ['a bounded memory session', around((session) => new BoundedSession(session, { windowSize: 60 }))],
];

const rows = (['run', 'Runner'] as const).flatMap((caller) =>
  [false, true].flatMap((isStreamed) => [
    ...sessionKinds.slice(1).map((kind) => ({ caller, isStreamed, mode: 'a session' as const, kind })),
    ...(['the history as input', 'a conversation of the provider', 'a previous response'] as const).flatMap(
      (mode) => sessionKinds.slice(0, 1).map((kind) => ({ caller, isStreamed, mode, kind })),
    ),
  ]),
);

describe.each(scenarios)('$name', (scenario) => {
  const paths = rows.flatMap((row) =>
    (['the model provider', 'a filter'] as const).map((seam) => ({ ...row, seam, name: row.kind[0] })),
  );
  it.each(paths)(
    'by $caller (stream: $isStreamed), with $mode, $name, compacted in $seam',
    async ({ caller, isStreamed, mode, seam, kind: [, open] }) => {
      const [plainKind, compactedKind] = [await open(), await open()];
      const path = { scenario, caller, isStreamed, mode };
      const plain = await take({ ...path, session: plainKind.session }, {});
      const isLocal = mode === 'a session' || mode === 'the history as input';
      const taking = take({ ...path, session: compactedKind.session }, seams[seam]());
      if (!isLocal && seam === 'the model provider') {
        // What the provider holds is not ours to compact, and a policy that says otherwise is told so.
        await expect(taking).rejects.toMatchObject({ code: 'server_managed_state' });
        return;
      }
      const compacted = await taking;
      expect(compacted.left).toEqual(plain.left);
      expect(compacted.prompts.map(besideInput)).toEqual(plain.prompts.map(besideInput));
      expect(compacted.prompts.flatMap((request) => agents.validate(itemsOf(request)))).toEqual(
        plain.prompts.flatMap((request) => agents.validate(itemsOf(request))),
      );
      // An agent that runs as a tool has a history of its own.
      const outer = compacted.prompts.filter(({ systemInstructions }) => systemInstructions === 'Be brief.');
      expect(outer.filter(isCompacted)).toHaveLength(isLocal ? outer.length : 0);
      await plainKind.close?.();
      await compactedKind.close?.();
    },
  );
});
