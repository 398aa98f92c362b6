import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';

it('keeps what the rules of the example keep', async () => {
  const storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('COMPACT_STORAGE_PATH', storage);
  const { app } = await import('./policy.ts');
  const user = (content: string) => ({ type: 'message', role: 'user', content });
  const talk = Array.from({ length: 40 }, (_, index) => user(`question ${index} ${'word '.repeat(3000)}`));
  const plan = user('PLAN: first read, then write');
  vi.stubEnv('OPENAI_API_KEY', '');
  const result = await app.manager.preflight({
    sessionId: 's',
    items: [talk[0], plan, ...talk.slice(1)].flatMap((item) => item ?? []),
  });
  // There is no model here, so that the digest writes the summary.
  expect(result.outcome).toBe('fallback');
  expect(result.items).toContainEqual(plan);
  expect(result.items).not.toContainEqual(talk[1]);
  await app.shutdown();
  await rm(storage, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
