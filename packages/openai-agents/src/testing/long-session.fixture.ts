import { Agent, hostedMcpTool, MemorySession, Runner, RunState, tool } from '@openai/agents-core';
import type { ModelProvider, Session } from '@openai/agents-core';
import { OpenAIProvider } from '@openai/agents';
import { z } from 'zod';
import { askToCall, call, calledRemotely, say, think } from './openai/reply.ts';
import type { ReplyItem } from './openai/reply.ts';
import type { StrictOpenAI } from './openai/strict-openai.ts';

type Api = 'responses' | 'chat';

/** A provider of the SDK's own models, on the double. */
function providerOn(server: StrictOpenAI, api: Api): ModelProvider {
  return new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL, useResponses: api === 'responses' });
}

const lookup = tool({
  name: 'lookup',
  description: 'Looks something up',
  parameters: z.object({ key: z.string() }),
  execute: async ({ key }) => `${key}: ${'a line of what was found for it. '.repeat(3)}`,
});

const deploy = tool({
  name: 'deploy',
  description: 'Deploys, once a person has agreed',
  parameters: z.object({ target: z.string() }),
  needsApproval: true,
  execute: async ({ target }) => `deployed to ${target}`,
});

const bob = new Agent({ name: 'Bob', instructions: 'You are Bob.', model: 'gpt-5', tools: [lookup] });
/** Called by the API itself, which only the Responses API can. */
const remote = hostedMcpTool({
  serverLabel: 'remote',
  serverUrl: 'http://127.0.0.1:1',
  requireApproval: 'always',
});

const carl = new Agent({ name: 'Carl', instructions: 'You are Carl.', model: 'gpt-5', tools: [lookup] });
const ada = (api: Api) =>
  new Agent({
    name: 'Ada',
    instructions: 'You are Ada.',
    model: 'gpt-5',
    tools: [
      lookup,
      deploy,
      carl.asTool({ toolName: 'ask_carl', toolDescription: 'Asks Carl' }),
      ...(api === 'responses' ? [remote] : []),
    ],
    handoffs: [bob],
  });

/**
 * What the model does in a turn: it answers, and in a quarter of the turns it works, each time in another way. The SDK's own
 * work at a call grows with the history, so that more calls would make a long session slow.
 */
function repliesIn(turn: number, api: Api): readonly (readonly ReplyItem[])[] {
  const thought = api === 'responses' ? [think] : [];
  const key = (name: string) => ({ key: `${name}-${turn}` });
  const end = [say(`That was turn ${turn}. ${'Some more words. '.repeat(2)}`)];
  switch (turn % 20) {
    case 1:
      return [
        [...thought, call('lookup', key('one'))],
        [...thought, ...end],
      ];
    case 6:
      return [
        [...thought, call('lookup', key('left')), call('lookup', key('right'))],
        [...thought, say('Once more.'), call('lookup', key('again'))],
        end,
      ];
    case 11:
      return [[call('transfer_to_Bob')], [...thought, call('lookup', key('bob'))], end];
    case 16:
      return [[...thought, call('deploy', { target: `stage-${turn}` })], end];
    case 13:
      if (api === 'chat') return [end];
      return [
        [...thought, askToCall('search')],
        [...thought, calledRemotely('search', 'found '.repeat(20)), ...end],
      ];
    case 18:
      return [
        [...thought, call('ask_carl', { input: `question ${turn}` })],
        [...thought, call('lookup', key('carl'))],
        [say('Carl has found it.')],
        [...thought, ...end],
      ];
    default:
      return [end];
  }
}

export type LongSession = {
  readonly server: StrictOpenAI;
  readonly api: Api;
  readonly isStreamed: boolean;
  readonly turns: number;
  /** Around the models of the SDK. */
  readonly wrap: (provider: ModelProvider) => ModelProvider;
  readonly session?: Session;
};

/** A session of tools, parallel calls, reasoning, handoffs, agents as tools and approvals that outlive their process. */
export async function runLongSession({
  server,
  api,
  isStreamed,
  turns,
  wrap,
  session = new MemorySession(),
}: LongSession): Promise<Session> {
  const agent = ada(api);
  const runner = new Runner({ modelProvider: wrap(providerOn(server, api)), tracingDisabled: true });
  const run = async (input: string | RunState<unknown, Agent>) => {
    if (!isStreamed) return runner.run(agent, input, { session });
    const result = await runner.run(agent, input, { session, stream: true });
    for await (const event of result) void event;
    await result.completed;
    return result;
  };
  for (let turn = 0; turn < turns; turn += 1) {
    server.script(...repliesIn(turn, api));
    const result = await run(`Please do the work of turn ${turn}.`);
    const [asked] = result.interruptions;
    if (asked === undefined) continue;
    const state = await RunState.fromString(agent, result.state.toString());
    for (const interruption of state.getInterruptions()) state.approve(interruption);
    await run(state);
  }
  return session;
}
