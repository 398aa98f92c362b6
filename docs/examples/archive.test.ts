import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunContext } from '@openai/agents';
import { expect, it, vi } from 'vitest';

it('archives, finds and takes back as the example does', async () => {
  const storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('OPENAI_API_KEY', '');
  const here = process.cwd();
  process.chdir(storage);
  const { agent, app, find, keep, notes, putBack, takeBack } = await import('./archive.ts');
  const reads = Array.from({ length: 6 }, (_, index) => {
    const called = { callId: `call_${index}`, name: 'read_file', status: 'completed' };
    return [
      { type: 'function_call', ...called, arguments: `{"path":"${index}.ts"}` },
      { type: 'function_call_result', ...called, output: index === 0 ? 'the colour is teal' : 'nothing' },
    ];
  }).flat();
  const user = (content: string) => ({ type: 'message', role: 'user', content });
  const talk = Array.from({ length: 40 }, (_, index) => user(`question ${index} ${'word '.repeat(3000)}`));
  const items = [user('What is in these files?'), ...reads, ...talk];
  const first = await app.manager.preflight({ sessionId: 'conversation-7', items });
  expect(first.items.length).toBeLessThan(items.length);
  expect(notes).toHaveLength(2);
  expect((await readdir(join(storage, '.compact'))).toSorted()).toEqual(['archive', 'sessions']);

  expect((await find('which colour')).items[0]?.text).toContain('teal');
  const [recall] = agent.tools;
  expect(
    recall?.type === 'function' &&
      (await recall.invoke(new RunContext(), '{"query":"colour","id":null,"from":null}')),
  ).toContain('teal');

  expect((await putBack('call_0')).outcome).toBe('scheduled');
  const second = await app.manager.preflight({ sessionId: 'conversation-7', items: first.items });
  expect(second.items).toContainEqual(items[2]);
  expect((await keep('call_0')).outcome).toBe('pinned');
  expect(await takeBack()).toMatchObject({ outcome: 'scheduled', sequence: 1 });
  await app.shutdown();
  process.chdir(here);
  await rm(storage, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
