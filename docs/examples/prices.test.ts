import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

it('prices the calls of the example once the provider has told of its cache', async () => {
  const storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('COMPACT_STORAGE_PATH', storage);
  const { app } = await import('./prices.ts');
  const items = [{ type: 'message', role: 'user', content: 'a question '.repeat(4000) }];
  const first = await app.manager.preflight({ sessionId: 's', items });
  expect(first).toMatchObject({ cache: { state: 'unknown' }, cost: { currency: 'USD', version: '2026-11' } });
  const { after } = first.tokens;
  app.manager.reportUsage('s', { inputTokens: after, cacheReadInputTokens: 0, cacheWriteInputTokens: after });
  const second = await app.manager.preflight({ sessionId: 's', items });
  expect(second.cache).toMatchObject({ state: 'warm', reason: 'written', epoch: 1 });
  expect(second.cost?.after).toBeCloseTo((second.tokens.after * 0.3) / 1e6, 9);
  await app.shutdown();
  await rm(storage, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
