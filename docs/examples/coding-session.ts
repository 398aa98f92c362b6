import { readFile } from 'node:fs/promises';
import { Agent, MemorySession, Runner, tool } from '@openai/agents';
import { clew, protectTools } from 'clew';
import { z } from 'zod';

const sessionId = 'ticket-412';
// Its spans go to the Ariadne of COMPACT_ARIADNE_URL, else to the one that answers on this machine.
export const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  sessionId,
  summary: { model: 'gpt-5-mini' },
  policy: { strategy: 'code_delta' },
  // What the team has agreed on stays word for word, however long the session gets.
  protect: [protectTools("the team's policy", 'read_policy')],
});

const readPolicy = tool({
  name: 'read_policy',
  description: 'What may and what may not be changed here',
  parameters: z.object({}),
  execute: () => 'Never touch billing/. Every change has a test.',
});
const readSource = tool({
  name: 'read_file',
  description: 'Reads a file',
  parameters: z.object({ path: z.string() }),
  execute: ({ path }) => readFile(path, 'utf8'),
});

const coder = new Agent({
  name: 'Coder',
  instructions: 'You fix bugs. Read the policy first.',
  model: 'gpt-5',
  tools: [readPolicy, readSource],
});
const session = new MemorySession({ sessionId });
const runner = new Runner(app.runConfig);

/** One line of the chat: a question, `/compact [what to mind]` or `/compact status`. */
export async function answer(text: string): Promise<string> {
  const done = await app.command({ text, sessionId, items: await session.getItems() });
  if (done !== undefined) return done.sentence;
  return (await runner.run(coder, text, { session })).finalOutput ?? '';
}
