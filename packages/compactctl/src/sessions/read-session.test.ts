import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupItems } from '@clew/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSession } from './read-session.ts';
import { recordings } from './recordings.fixture.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sessions-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function read(text: string) {
  const path = join(directory, 'session');
  await writeFile(path, text);
  return readSession(path);
}

const all = recordings(3).map((recording) => [recording.format, recording] as const);

describe('a recorded session', () => {
  it.each(all)('of %s is known by what is in it', async (format, { text, messages }) => {
    const session = await read(text);
    expect(session.format).toBe(format);
    expect(session.items).toHaveLength(messages);
    expect(session.problems).toEqual([]);
  });

  it.each(all)('of %s says who said what, and which result answers which call', async (_, { text }) => {
    const { items, dialect } = await read(text);
    const views = items.map((item) => dialect.inspect(item));
    const said = views.map((view) => view.text).join('\n');
    for (const words of ['Please look at part 2', 'src/part-2/main.ts', 'nameOf2', 'Part 2 is done.']) {
      expect(said).toContain(words);
    }
    expect(said).not.toMatch(/subagent|should not have said/u);
    expect(views.map(({ role }) => role)).toContain('user');
    expect(groupItems(items, dialect).filter(({ isPending }) => isPending)).toEqual([]);
    const opened = views.flatMap(({ calls }) => calls);
    expect(views.flatMap(({ answers }) => answers)).toEqual(opened);
    expect(dialect.validate?.(items) ?? []).toEqual([]);
  });

  it.each(all)(
    'of %s has results that can be shortened, and nothing else of them changes',
    async (_, { text }) => {
      const { items, dialect } = await read(text);
      for (const item of items) {
        const { kind, calls, answers } = dialect.inspect(item);
        const edited = dialect.replaceText(item, 'short');
        const view = dialect.inspect(edited);
        expect([view.kind, view.calls, view.answers]).toEqual([kind, calls, answers]);
        if (kind === 'result') expect(view.text).toBe('short');
        expect(Object.keys(edited)).toEqual(expect.arrayContaining(Object.keys(item)));
      }
    },
  );

  it('has the system prompt and the tools of a request beside its messages', async () => {
    const tools = [{ name: 'read' }];
    const session = await read(
      JSON.stringify({
        system: [{ type: 'text', text: 'Be exact.' }],
        tools,
        messages: [{ role: 'user', content: 'Hi' }],
      }),
    );
    expect(session).toMatchObject({ format: 'chat', instructions: 'Be exact.', tools });
  });

  it('is read on past damaged lines, wherever they are', async () => {
    const lines = all.find(([format]) => format === 'codex')?.[1].text.split('\n') ?? [];
    const { items, problems } = await read(
      ['{"half', ...lines.slice(0, 5), 'not json', '', ...lines.slice(5)].join('\n'),
    );
    expect(items).toHaveLength(12);
    expect(problems.map((problem) => /:(\d+): not JSON, skipped$/u.exec(problem)?.[1])).toEqual(['1', '7']);
  });

  it.each(['', '[]', '{}', '42', '"text"', 'plain words\non two lines', '[1, null]'])(
    'is none where there are no messages: %j',
    async (text) => {
      await expect(read(text)).rejects.toThrow(/has no messages/u);
    },
  );
});
