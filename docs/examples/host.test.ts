import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'clew-docs-host-'));
const before = process.cwd();
beforeAll(() => process.chdir(folder));
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

it('collects, and answers what it was asked', async () => {
  const { host } = await import('./host.ts');
  const body = JSON.stringify({ type: 'span', trace_id: 't', span_id: 's' });
  expect((await fetch(`${host.url}/ingest`, { method: 'POST', body })).status).toBe(200);
  expect(await (await fetch(`${host.url}/api/sessions`)).json()).toMatchObject({ sessions: [{ id: 't' }] });
  await host.close();
  expect(existsSync(join(folder, 'clew/spans.db'))).toBe(true);
});
