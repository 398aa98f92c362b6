import { Agent, Runner } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { clew, compactionIn } from 'clew';

export const app = await clew({ model: 'gpt-5', maxContextTokens: 128_000, sessionId: 'conversation-7' });

// For an application and its operator: every session of the manager.
app.manager.events.subscribe((event) => {
  if (event.type === 'context.compaction.failed') console.warn('compaction failed', event.error_type);
});

// For a front end: in the stream of the run, in order.
export async function ask(question: string | AgentInputItem[]): Promise<void> {
  const agent = new Agent({ name: 'Coder', instructions: 'You fix bugs.' });
  const run = await new Runner(app.runConfig).run(agent, question, { stream: true });
  for await (const event of run) {
    const compaction = compactionIn(event);
    if (compaction !== undefined) console.log('made room', compaction.payload.token_delta);
    else if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta')
      console.log(event.data.delta);
  }
}
