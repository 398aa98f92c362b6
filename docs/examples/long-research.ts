import { Agent, Runner, tool } from '@openai/agents';
import { clew } from 'clew';
import { z } from 'zod';

const sessionId = 'research';
export const app = await clew({
  model: 'gpt-5',
  maxContextTokens: 128_000,
  sessionId,
  summary: { model: 'gpt-5-mini' },
  // What a page said is worth a summary: nothing is merely cleared.
  policy: { strategy: 'requirements_ledger', ladder: ['summarize', 'stages', 'digest', 'window'] },
  // The question itself stays word for word.
  protect: [
    { label: 'the question', protects: ({ role, text }) => role === 'user' && text.startsWith('Question:') },
  ],
});

const readPage = tool({
  name: 'read_page',
  description: 'Reads a page of the web',
  parameters: z.object({ url: z.string() }),
  execute: async ({ url }) => (await fetch(url)).text(),
});
const researcher = new Agent({
  name: 'Researcher',
  instructions: 'Read what there is, then answer with your sources.',
  model: 'gpt-5',
  tools: [readPage],
});

/** As many pages as it takes: what was read leaves the context, and its summary stays. */
export async function research(question: string): Promise<string> {
  const run = await new Runner(app.runConfig).run(researcher, `Question: ${question}`, { maxTurns: 200 });
  return run.finalOutput ?? '';
}

/** What the model remembers, in layers. */
export function tellLayers(): readonly string[] {
  const { layers } = app.whatIRemember(sessionId) ?? {};
  if (layers === undefined) return [];
  return [
    `protected: ${layers.protected.items.map(({ label, kind }) => label ?? kind).join(', ')}`,
    `summary: v${layers.summary?.version ?? 0} stands for ${layers.summary?.covers ?? 0} items`,
    `recent: ${layers.recent.items.length} items, ${layers.recent.tokens} tokens`,
  ];
}
