import { CompactManager, filesInSheet } from '@clew/core';
import type { CompactResult } from '@clew/core';
import type { Setting } from '../load-policy.ts';
import type { SessionContent } from '../sessions/session-format.ts';
import { namesIn } from './names-in.ts';

/** What a policy would have done to a recorded session, its agent's behaviour held constant. */
export type Replay = {
  /** Calls of the model. */
  readonly calls: number;
  /** The largest prompt, in tokens. */
  readonly peakTokens: number;
  /** Calls whose prompt was over the window less the reserve. */
  readonly overBudgetCount: number;
  readonly compactions: number;
  /** Tokens of all prompts together. */
  readonly sentTokens: number;
  /** Stretches of calls whose prompts only grew: what a provider's prompt cache can follow. */
  readonly cacheEpochs: number;
  /** Of the paths and URLs that the agent named after they had been in what was compacted: the share that it could still read. 1 where there were none. */
  readonly retention: number;
  readonly needed: number;
  /** Those that it could not read any more. */
  readonly lost: readonly string[];
};

/** Asks the engine before each call that the recording holds, as its agent would have. No model is called. */
export async function replaySession(session: SessionContent, setting: Setting): Promise<Replay> {
  const { dialect, items, instructions, tools } = session;
  const manager = new CompactManager<object>({ ...setting, dialect });
  const views = items.map((item) => dialect.inspect(item));
  const known = new Set<string>();
  const needed = new Set<string>();
  const lost = new Set<string>();
  const sizes: number[] = [];
  let [overBudgetCount, cacheEpochs, sequence] = [0, 1, 0];
  for (const [index, view] of views.entries()) {
    const isCall = view.role === 'assistant' && views[index - 1]?.role !== 'assistant';
    if (isCall) {
      const result = await manager.preflight({
        sessionId: 'recorded',
        items: items.slice(0, index),
        instructions,
        tools,
      });
      const { tokens, window } = result;
      sizes.push(tokens.after);
      if (tokens.after > window.limitTokens - window.reserveTokens) overBudgetCount += 1;
      if (result.sequence > sequence) cacheEpochs += 1;
      ({ sequence } = result);
      if (sequence > 0) {
        const end = views.findIndex(({ role }, other) => other > index && role !== 'assistant');
        const answer = views.slice(index, end === -1 ? undefined : end).map(({ text }) => text);
        const asked = [...namesIn(answer.join('\n'))].filter((name) => known.has(name) && !needed.has(name));
        const readable = asked.length === 0 ? '' : readableIn(result, session);
        for (const name of asked) {
          if (isRecent(name, views.slice(index - recentItems, index))) continue;
          needed.add(name);
          if (!readable.includes(name)) lost.add(name);
        }
      }
    }
    for (const name of namesIn(view.text)) known.add(name);
  }
  return {
    calls: sizes.length,
    peakTokens: sizes.reduce((most, size) => Math.max(most, size), 0),
    overBudgetCount,
    compactions: sequence,
    sentTokens: sizes.reduce((sum, size) => sum + size, 0),
    cacheEpochs,
    retention: needed.size === 0 ? 1 : 1 - lost.size / needed.size,
    needed: needed.size,
    lost: [...lost],
  };
}

/** What was named so lately is in front of the agent, with any policy. */
const recentItems = 4;

function isRecent(name: string, views: readonly { readonly text: string }[]): boolean {
  return views.some(({ text }) => text.includes(name));
}

/** All that the model reads, with each file of the fact sheet in full. */
function readableIn({ items, summary }: CompactResult<object>, { dialect }: SessionContent): string {
  const files = summary === undefined ? [] : filesInSheet(summary.text).map(({ text }) => text);
  return [...items.map((item) => dialect.inspect(item).text), ...files].join('\n');
}
