import { agents } from '@clew/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compactingProvider } from './compacting-provider.ts';
import { StrictOpenAI } from './testing/openai/strict-openai.ts';
import { watchedEngine } from './testing/watched-engine.fixture.ts';
import { runLongSession } from './testing/long-session.fixture.ts';

const contextTokens = 1600;

let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens });
});
afterEach(async () => server.close());

/** What such a session sends, besides its prompts' instructions. */
const sent = {
  responses: new Set([
    'assistant',
    'function_call',
    'function_call_output',
    'mcp_approval_request',
    'mcp_approval_response',
    'mcp_call',
    'reasoning',
    'user',
  ]),
  chat: new Set(['system', 'user', 'assistant', 'tool']),
};

const Sent = z.object({
  input: z.array(z.looseObject({ role: z.string().optional(), type: z.string().optional() })).optional(),
  messages: z.array(z.looseObject({ role: z.string() })).optional(),
});

function kindsSent(): ReadonlySet<string | undefined> {
  const bodies = server.requests.map(({ body }) => Sent.parse(body));
  return new Set(
    bodies.flatMap(({ input = [], messages = [] }) => [
      ...input.map(({ role, type }) => role ?? type),
      ...messages.map(({ role }) => role),
    ]),
  );
}

/** `CLEW_TURNS=300` makes all four as long as the longest: what the SDK does at a call grows with the history. */
const least = Number(process.env['CLEW_TURNS'] ?? 0);

const sessions = [
  { api: 'responses', isStreamed: false, turns: 300 },
  { api: 'responses', isStreamed: true, turns: 60 },
  { api: 'chat', isStreamed: false, turns: 60 },
  { api: 'chat', isStreamed: true, turns: 120 },
] as const;

describe.each(sessions.map((row) => ({ ...row, turns: Math.max(row.turns, least) })))(
  'a session of $turns turns over $api (stream: $isStreamed)',
  ({ api, isStreamed, turns }) => {
    it('end without a 400, and the session has all of it', { timeout: 180_000 }, async () => {
      const { manager, results } = watchedEngine(contextTokens, {
        hardCapBuffer: 150,
        summaryMaxTokens: 250,
      });
      const session = await runLongSession({
        server,
        api,
        isStreamed,
        turns,
        wrap: (provider) => compactingProvider({ provider, manager, sessionId: 's' }),
      });

      expect(server.requests.filter(({ status }) => status !== 200)).toEqual([]);
      expect(results().filter(({ splice }) => splice !== undefined).length).toBeGreaterThanOrEqual(
        turns / 20,
      );
      expect(kindsSent()).toEqual(sent[api]);
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
