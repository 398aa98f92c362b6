import { MemorySession, OpenAIResponsesCompactionSession, Runner } from '@openai/agents';
import { clew, nativeCompactionSession } from 'clew';

export const app = await clew({
  model: 'gpt-5.2',
  maxContextTokens: 400_000,
  policy: { providerMode: 'auto', triggerPct: 0.8 },
});

// Each call asks OpenAI to compact from 320,000 tokens on. Where it cannot be asked, the engine does it.
export const runner = new Runner({ ...app.runConfig, model: 'gpt-5.2' });

// Between runs, OpenAI compacts the stored session at /v1/responses/compact, by the same policy.
export const session = nativeCompactionSession({
  manager: app.manager,
  underlying: new MemorySession(),
  model: 'gpt-5.2',
  sessionId: 'conversation-7',
  create: (settings) => new OpenAIResponsesCompactionSession(settings),
});

export const watch = app.manager.events.subscribe((event) => {
  if (event.type === 'context.compaction.completed') console.log(event.phase, event.payload.compacted_count);
});
