import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, setDefaultModelProvider } from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { ScriptedModel, assistantMessage } from '@openai/agents-core/testing';
import { expect, it, vi } from 'vitest';

const user = (content: string): AgentInputItem => ({ type: 'message', role: 'user', content });

it('reads back a window, and stores everything', async () => {
  const model = new ScriptedModel([[assistantMessage('Done.')]]);
  setDefaultModelProvider({ getModel: () => model });
  const { ask, session, stored } = await import('./sessions.ts');
  await session.addItems(Array.from({ length: 60 }, (_, index) => user(`message ${index}`)));
  await ask('And now?');
  expect(model.calls[0]?.request.input).toHaveLength(51);
  expect(await stored.getItems()).toHaveLength(62);
});

it('reads back old turns as a summary', async () => {
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  const { session } = await import('./strategy-session.ts');
  const turns = Array.from({ length: 9 }, (_, index) => [
    user(`question ${index} ${'with many words '.repeat(30)}`),
    assistantMessage(`answer ${index}`),
  ]);
  await session.addItems(turns.flat());
  const items = await session.getItems();
  expect(items).toHaveLength(5);
  expect(JSON.stringify(items[0])).toContain('<COMPACT-SUMMARY v1>');
  expect(said).toHaveBeenCalledWith('18 items became 5');
});

it('compacts in a filter', async () => {
  const storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('COMPACT_STORAGE_PATH', storage);
  const { runner } = await import('./input-filter.ts');
  const model = new ScriptedModel([[assistantMessage('Done.')]]);
  const long = Array.from({ length: 40 }, (_, index) => [
    user(`question ${index} ${'word '.repeat(3000)}`),
    assistantMessage(`answer ${index}`),
  ]);
  await runner.run(new Agent({ name: 'Coder', model }), [...long.flat(), user('And now?')]);
  const sent = model.calls[0]?.request.input ?? [];
  expect(JSON.stringify(sent)).toContain('<COMPACT-SUMMARY v1>');
  expect(sent.length).toBeLessThan(81);
  await rm(storage, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
