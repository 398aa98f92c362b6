import { MemorySession } from '@openai/agents';
import { StrategySession } from 'clew';

// Once there are more than 8 turns, all but the latest 2 are read back as one summary.
export const session = new StrategySession(new MemorySession(), {
  mode: 'summarize',
  triggerTurns: 8,
  keepTurns: 2,
  onCompaction: ({ count }) => console.log(`${count.before} items became ${count.after}`),
});
