import { fileURLToPath } from 'node:url';
import { loadConfig } from 'clew';
import { expect, it } from 'vitest';

it('a compact.ts is a configuration', async () => {
  const file = fileURLToPath(new URL('compact-config.ts', import.meta.url));
  const config = await loadConfig({ file, directory: '.', environment: {} });
  expect(config.policy).toEqual({ trigger_pct: 0.8, strategy: 'decision_log' });
});
