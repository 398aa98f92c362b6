import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setDefaultModelProvider } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { ScriptedModel, assistantMessage } from '@openai/agents-core/testing';
import { expect, it, vi } from 'vitest';

it('tells from its files what the model was sent, and what compaction came to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clew-example-'));
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('COMPACT_STORAGE_ADAPTER', 'none');
  vi.stubEnv('RECORDS', folder);
  setDefaultModelProvider({ getModel: () => new ScriptedModel([]) });
  const { app, tellContexts, tellMetrics } = await import('./run-log.ts');
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const items = Array.from({ length: 30 }, (_, index): AgentInputItem[] => [
    { role: 'user', content: `question ${index} ${'word '.repeat(400)}` },
    assistantMessage(`answer ${index}`),
  ]).flat();
  const { items: sent } = await app.manager.compact({ sessionId: 'conversation-7', items });
  await app.flush();
  await tellContexts('conversation-7');
  expect(said).toHaveBeenCalledWith(
    `${sent.length} of 60 items`,
    expect.objectContaining({ role: 'assistant' }),
  );
  await tellMetrics();
  expect(said).toHaveBeenLastCalledWith('compactions', 1, 'tokens reclaimed', expect.any(Number));
  await app.shutdown();
  await rm(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
