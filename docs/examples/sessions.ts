import { Agent, MemorySession, Runner } from '@openai/agents';
import { LocalCompactionSession } from 'clew';

// Any session of the SDK, or your own: it keeps everything.
export const stored = new MemorySession();

// Reads back the latest 50 items, or fewer, so that they stay below 8,000 tokens.
export const session = new LocalCompactionSession(stored, { windowSize: 50, tokenBudget: 8000 });

const agent = new Agent({ name: 'Coder', instructions: 'You fix bugs.' });
export const ask = async (text: string) => new Runner().run(agent, text, { session });
