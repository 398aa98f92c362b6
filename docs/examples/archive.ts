import { Agent, tool } from '@openai/agents';
import { clew, recallTool } from 'clew';

const notes: string[] = [];
const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  sessionId: 'conversation-7',
  // Nothing leaves the context that is not stored; the next process goes on with the same summaries.
  storage: { path: './.compact/archive', required: true, sessionsPath: './.compact/sessions' },
  hooks: {
    // The last moment to write something down: it is waited for, for ten seconds at most.
    beforeCompaction: ({ leaving }) => {
      notes.push(`${leaving.length} items leave`);
    },
    afterCompaction: ({ tokens }) => notes.push(`${tokens.before} tokens became ${tokens.after}`),
  },
});

// The model may look up what left. The session is set here, and never by the model.
const { execute, ...recall } = recallTool(app.manager, { sessionId: 'conversation-7' });
const agent = new Agent({
  name: 'Coder',
  tools: [tool({ ...recall, execute: async (input) => execute(input) })],
});

// And so may you: look, take a compaction back, put a call and its result back, keep an item for good.
export const find = (words: string) => app.manager.recall('conversation-7', { query: words });
export const takeBack = () => app.manager.undo('conversation-7');
export const putBack = (callId: string) => app.manager.reinflate('conversation-7', [callId]);
export const keep = (callId: string) => app.manager.pin('conversation-7', callId, 'the user asked for it');
export { agent, app, notes };
