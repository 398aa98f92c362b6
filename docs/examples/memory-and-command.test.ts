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

/** With the sections that the default strategy asks for. */
const written = ['Goals', 'Entities', 'Constraints', 'Decisions', 'Open actions', 'Sources']
  .map((title) => `## ${title}\n- nothing yet`)
  .join('\n');

const talk = (count: number): AgentInputItem[] =>
  Array.from({ length: count }, (_, index): AgentInputItem[] => [
    { role: 'user', content: `question ${index} ${'word '.repeat(400)}` },
    assistantMessage(`answer ${index}`),
  ]).flat();

it('keeps what is protected, and tells the layers', async () => {
  setDefaultModelProvider({ getModel: () => new ScriptedModel([]) });
  const { app, tellLayers, wish } = await import('./protected-memory.ts');
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  await app.manager.compact({ sessionId: 'conversation-7', items: [talk(1), wish, talk(20)].flat() });
  tellLayers();
  expect(said).toHaveBeenCalledWith('a constraint of the user', expect.any(Number));
  expect(said).toHaveBeenCalledWith(expect.stringContaining('question'), expect.any(Number));
  await app.shutdown();
});

it('compacts when the user asks for it, and the next call sends what is left', async () => {
  const model = new ScriptedModel([[assistantMessage(written)], [assistantMessage('Fixed.')]]);
  setDefaultModelProvider({ getModel: () => model });
  const { answer, session } = await import('./compact-command.ts');
  await session.addItems(talk(40));
  expect(await answer('/compact status')).toBe('Nothing has been sent in this session yet.');
  expect(await answer('/compact mind the tests')).toMatch(/^Compacted from .* tokens/u);
  expect(await answer('Fix it.')).toBe('Fixed.');
  expect(JSON.stringify(model.calls.at(-1)?.request.input)).toContain('<COMPACT-SUMMARY v1>');
  expect(await answer('/compact status')).toContain('It was compacted once');
});
