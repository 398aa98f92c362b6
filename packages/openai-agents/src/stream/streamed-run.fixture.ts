import { OpenAIProvider } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { Agent, MemorySession, Runner, tool } from '@openai/agents-core';
import { z } from 'zod';
import { compactingProvider } from '../compacting-provider.ts';
import { call, say, think } from '../testing/openai/reply.ts';
import type { StrictOpenAI } from '../testing/openai/strict-openai.ts';
import { watchedEngine } from '../testing/watched-engine.fixture.ts';

const lookup = tool({
  name: 'lookup',
  description: 'Looks something up',
  parameters: z.object({ key: z.string() }),
  execute: async ({ key }) => `${key}: ${'a line of what was found for it. '.repeat(60)}`,
});
const bob = new Agent({ name: 'Bob', instructions: 'You are Bob.', model: 'gpt-5' });
const ada = new Agent({
  name: 'Ada',
  instructions: 'You are Ada.',
  model: 'gpt-5',
  tools: [lookup],
  handoffs: [bob],
});

const said = (index: number): AgentInputItem[] => [
  { role: 'user', content: `question ${index} `.repeat(40) },
  {
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: `answer ${index} `.repeat(40) }],
  },
];

export type Streamed = {
  readonly api: 'responses' | 'chat';
  readonly isCompacted: boolean;
  readonly streamEvents?: boolean;
  readonly signal?: AbortSignal;
};

/**
 * The same run each time, which calls a tool, hands off and answers, behind a long talk. Compacted or not: the window
 * that the engine is told of decides.
 */
export async function startRun(server: StrictOpenAI, { api, isCompacted, streamEvents, signal }: Streamed) {
  const { manager, results } = watchedEngine(isCompacted ? 3000 : 400_000, { hardCapBuffer: 200 });
  const provider = new OpenAIProvider({
    apiKey: 'none',
    baseURL: server.baseURL,
    useResponses: api === 'responses',
  });
  const modelProvider = compactingProvider({ provider, manager, sessionId: 's', streamEvents });
  const session = new MemorySession({
    sessionId: 's',
    initialItems: Array.from({ length: 20 }, (_, index) => said(index)).flat(),
  });
  const thought = api === 'responses' ? [think] : [];
  server.script(
    [...thought, call('lookup', { key: 'one' }, 'call_1')],
    [call('transfer_to_Bob', {}, 'call_2')],
    [say('Here is what was found.')],
  );
  const runner = new Runner({ modelProvider, tracingDisabled: true });
  const run = await runner.run(ada, 'Go on.', {
    stream: true,
    session,
    ...(signal !== undefined && { signal }),
  });
  return { run, manager, results, session };
}
