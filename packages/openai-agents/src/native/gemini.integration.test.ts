import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { CompactManager, agents } from '@clew/core';
import type { AgentItem, CompactResult } from '@clew/core';
import { RecordingObserver } from '@clew/core/testing';
import { Agent, MemorySession, Runner } from '@openai/agents-core';
import type { Model } from '@openai/agents-core';
import { aisdk } from '@openai/agents-extensions/ai-sdk';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compactRunConfig } from '../compact-run-config.ts';
import { LoopbackServer } from '../testing/loopback-server.ts';

/** Gemini on the loopback: it caches what it has read before, and says how much. */
const bodies: unknown[] = [];
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  bodies.push(JSON.parse(body));
  const promptTokenCount = Math.ceil(body.length / 4);
  const cached = bodies.length > 1 ? { cachedContentTokenCount: Math.floor(promptTokenCount / 2) } : {};
  const content = { role: 'model', parts: [{ text: 'answer '.repeat(60) }] };
  const counts = { promptTokenCount, candidatesTokenCount: 60, totalTokenCount: promptTokenCount + 60 };
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(
    JSON.stringify({
      candidates: [{ content, finishReason: 'STOP' }],
      usageMetadata: { ...counts, ...cached },
    }),
  );
}

let server: LoopbackServer;
beforeEach(async () => {
  bodies.length = 0;
  server = await LoopbackServer.start(answer);
});
afterEach(async () => server.close());

it('Gemini has neither: the engine compacts and says why, and what it tells of its cache reaches the ledger', async () => {
  const google = createGoogleGenerativeAI({ apiKey: 'none', baseURL: `${server.origin}/v1beta` });
  const observer = new RecordingObserver();
  const manager = new CompactManager<AgentItem>({
    model: 'gemini-2.5-pro',
    maxContextTokens: 2000,
    dialect: agents,
    observer,
    policy: {
      providerMode: 'auto',
      hardCapBuffer: 200,
      triggerPct: 0.6,
      targetPct: 0.4,
      idleTriggerPct: 0.5,
    },
  });
  const provider = { getModel: (name = '') => aisdk(google(name)) as unknown as Model };
  const config = compactRunConfig({ provider, manager, sessionId: 's' });
  const runner = new Runner({ ...config, model: 'gemini-2.5-pro', tracingDisabled: true });
  const session = new MemorySession();
  const named = { google: { cachedContent: 'cachedContents/mine' } };
  const agent = new Agent({ name: 'Ada', modelSettings: { providerData: { providerOptions: named } } });
  for (let turn = 0; turn < 14; turn += 1)
    await runner.run(agent, `question ${turn} `.repeat(25), { session });

  const results = observer.runs.flatMap(({ result }): readonly CompactResult<unknown>[] =>
    result ? [result] : [],
  );
  expect(new Set(results.map(({ provider: use }) => use?.fallback))).toEqual(
    new Set(['The API by which gemini-2.5-pro is called has no parameter for it.']),
  );
  expect(results.some(({ outcome }) => outcome === 'compacted')).toBe(true);
  expect(results.some(({ cache }) => cache.state === 'warm')).toBe(true);
  // What the application has named for itself goes out as it is.
  expect(bodies).toHaveLength(14);
  for (const body of bodies) expect(body).toMatchObject({ cachedContent: 'cachedContents/mine' });
});
