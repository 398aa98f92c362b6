import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

it('asks OpenAI, and has a session that its endpoint compacts', async () => {
  const storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('COMPACT_STORAGE_PATH', storage);
  vi.stubEnv('OPENAI_API_KEY', 'none');
  const { app, runner, session, watch } = await import('./provider-mode.ts');
  const use = app.manager.providerUse({ route: { transport: 'openai_responses' } });
  expect(use.ask).toEqual({ compaction: { thresholdTokens: 320_000 } });
  expect(runner.config.modelProvider).toBe(app.runConfig.modelProvider);
  expect(typeof Reflect.get(session, 'runCompaction')).toBe('function');
  watch();
  await app.shutdown();
  await rm(storage, { recursive: true, force: true });
});
