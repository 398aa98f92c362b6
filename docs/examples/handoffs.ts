import { Agent, MemorySession, Runner } from '@openai/agents';
import { clew } from 'clew';

const sessionId = 'customer-7';
export const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  sessionId,
  summary: { model: 'gpt-5-mini' },
});

const facts = new Agent({ name: 'Facts', instructions: 'You look things up.', model: 'gpt-5' });
const refunds = new Agent({
  name: 'Refunds',
  instructions: 'You decide on refunds.',
  model: 'gpt-5',
  // An agent as a tool has a history of its own, which is compacted as a session of its own.
  tools: [facts.asTool({ toolName: 'ask_facts', toolDescription: 'Looks something up' })],
});
const triage = new Agent({
  name: 'Triage',
  instructions: 'You send customers to who can help.',
  model: 'gpt-5',
  handoffs: [refunds],
});

export const session = new MemorySession({ sessionId });
const runner = new Runner(app.runConfig);

/** Whoever answers has the same history, compacted once for all: a handoff changes nothing of it. */
export async function ask(question: string): Promise<string> {
  const run = await runner.run(triage, question, { session });
  return `${run.lastAgent?.name}: ${run.finalOutput}`;
}
