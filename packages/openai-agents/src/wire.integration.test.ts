import { CompactManager, agents } from '@clew/core';
import type { AgentItem, CompactResult } from '@clew/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compactingProvider } from './compacting-provider.ts';
import { StrictOpenAI } from './testing/openai/strict-openai.ts';
import { runLongSession } from './testing/long-session.fixture.ts';

const contextTokens = 1600;

let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens });
});
afterEach(async () => server.close());

function engine() {
  const results: CompactResult<unknown>[] = [];
  const manager = new CompactManager<AgentItem>({
    model: 'gpt-5',
    maxContextTokens: contextTokens,
    dialect: agents,
    policy: { hardCapBuffer: 150, summaryMaxTokens: 250 },
    observer: {
      start: () => ({
        tell: () => {},
        within: async (work) => work(),
        end: (result) => void results.push(result),
      }),
    },
  });
  return { manager, results };
}

/** `CLEW_TURNS=300` makes all four as long as the longest: what the SDK does at a call grows with the history. */
const least = Number(process.env['CLEW_TURNS'] ?? 0);

describe.each([
  { api: 'responses', isStreamed: false, turns: 300 },
  { api: 'responses', isStreamed: true, turns: 60 },
  { api: 'chat', isStreamed: false, turns: 60 },
  { api: 'chat', isStreamed: true, turns: 120 },
] as const)(
  'a session of $turns turns over $api (stream: $isStreamed)',
  ({ api, isStreamed, turns: asked }) => {
    const turns = Math.max(asked, least);
    it('end without a 400, and the session has all of it', { timeout: 180_000 }, async () => {
      const { manager, results } = engine();
      const session = await runLongSession({
        server,
        api,
        isStreamed,
        turns,
        wrap: (provider) => compactingProvider({ provider, manager, sessionId: 's' }),
      });

      expect(server.requests.filter(({ status }) => status !== 200)).toEqual([]);
      expect(results.filter(({ splice }) => splice !== undefined).length).toBeGreaterThanOrEqual(turns / 20);
      const items = await session.getItems();
      expect(items.filter((item) => 'role' in item && item.role === 'user')).toHaveLength(turns);
      expect(agents.validate(items)).toEqual([]);
      expect(JSON.stringify(items)).not.toContain('COMPACT-SUMMARY');
    });

    it('fail without compaction', async () => {
      const work = runLongSession({ server, api, isStreamed, turns, wrap: (provider) => provider });

      await expect(work).rejects.toMatchObject({ status: 400, code: 'context_length_exceeded' });
      expect(server.refused()).toHaveLength(1);
    });
  },
);
