import { Agent, MemorySession, Runner } from '@openai/agents';
import { clew } from 'clew';

const sessionId = 'conversation-7';
const app = await clew({ model: 'gpt-5', maxContextTokens: 128_000, sessionId });
const runner = new Runner(app.runConfig);
const agent = new Agent({ name: 'Coder', instructions: 'You fix bugs.' });
export const session = new MemorySession({ sessionId });

/** One line of a chat. */
export async function answer(text: string): Promise<string> {
  const done = await app.command({ text, sessionId, items: await session.getItems() });
  if (done !== undefined) return done.sentence;
  return (await runner.run(agent, text, { session })).finalOutput ?? '';
}
