import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultModelProvider } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { ScriptedModel, assistantMessage } from '@openai/agents-core/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let storage = '';
beforeEach(async () => {
  storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('COMPACT_STORAGE_PATH', storage);
});
afterEach(async () => {
  await rm(storage, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

it('tells of a compaction in the stream, and of one that failed to who watches', async () => {
  const model = new ScriptedModel([
    // The summary is no summary: a fallback does the work.
    [assistantMessage('')],
    [assistantMessage('It is the time zone.')],
  ]);
  setDefaultModelProvider({ getModel: () => model });
  const { app, ask } = await import('./events.ts');
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const long = Array.from({ length: 40 }, (_, index): AgentInputItem[] => [
    { role: 'user', content: `question ${index} ${'word '.repeat(3000)}` },
    assistantMessage(`answer ${index}`),
  ]);
  await ask([...long.flat(), { role: 'user', content: 'Why does it fail?' }]);
  const lines = said.mock.calls.map(([first]: unknown[]) => first);
  expect(lines[0]).toBe('made room');
  expect(lines.slice(1).join('')).toBe('It is the time zone.');
  await app.shutdown();
});
