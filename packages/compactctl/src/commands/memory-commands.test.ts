import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FsArchive, FsSessionStore } from '@clew/archive';
import { CompactManager, chat } from '@clew/core';
import type { Dialect } from '@clew/core';
import { conversation } from '@clew/core/testing';
import { createHost } from '@clew/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { billedSession } from '../replay/billed-session.fixture.ts';
import { runIn } from '../terminal.fixture.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'compactctl-memory-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const run = (...args: string[]) => runIn(directory, args);

const talk = conversation(
  Array.from({ length: 12 }, (_, index) => ({
    user: `Question ${index}`,
    calls: [{ tool: 'read', output: `The colour of crate ${index} is shade-${index}. `.repeat(60) }],
    answer: `Answer ${index}`,
  })),
);

async function compactInto<TItem extends object>(
  dialect: Dialect<TItem>,
  items: readonly TItem[],
  sessionId: string,
) {
  const manager = new CompactManager<TItem>({
    model: 'gpt-5',
    maxContextTokens: 6000,
    dialect,
    archive: new FsArchive({ path: join(directory, 'archive') }),
    store: new FsSessionStore({ path: join(directory, 'sessions') }),
  });
  const result = await manager.preflight({ sessionId, items });
  expect(result.sequence).toBe(1);
  return result;
}

describe('recall', () => {
  it('finds what left, by words, by the id of an item and by that of a call', async () => {
    const { ledger } = await compactInto(chat, talk, 'depot/7');
    const words = await run('recall', 'archive', 'colour', 'of', 'crate', '1');
    expect(words.code).toBe(0);
    expect(words.out).toContain('shade-1');
    const gone = ledger.find(({ fate, kind }) => fate === 'summarized' && kind === 'result');
    for (const id of [gone?.id ?? '', gone?.pair ?? '']) {
      const { code, out } = await run('recall', 'archive', id, '--session', 'depot/7', '--json');
      expect(code).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ session: 'depot/7', outcome: 'found' });
      expect(out).toContain('shade-0');
    }
    expect(await run('recall', 'archive', 'zebra')).toMatchObject({ code: 1 });
  });

  it('asks which session is meant, and says where there is none', async () => {
    await compactInto(chat, talk, 'one');
    await compactInto(chat, talk, 'two');
    expect((await run('recall', 'archive', 'crate')).error).toContain('name one with --session, as one, two');
    expect((await run('recall', 'archive', 'crate', '--session', 'two')).code).toBe(0);
    expect((await run('recall', join('archive', 'one'), 'crate')).code).toBe(0);
    expect((await run('recall', 'archive', 'crate', '--session', 'three')).error).toContain(
      "no session 'three'",
    );
    expect((await run('recall', 'nowhere', 'crate')).code).toBe(2);
  });
});

describe('undo', () => {
  it('takes the last compaction of a session back, for its next call', async () => {
    await compactInto(chat, talk, 's');
    await writeFile(
      join(directory, 'compact.yaml'),
      `storage: { sessions_path: ${join(directory, 'sessions')} }`,
    );
    const { code, out } = await run('undo', 's', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ session: 's', outcome: 'scheduled', sequence: 1 });
    const manager = new CompactManager({
      model: 'gpt-5',
      maxContextTokens: 200_000,
      dialect: chat,
      store: new FsSessionStore({ path: join(directory, 'sessions') }),
    });
    const result = await manager.preflight({ sessionId: 's', items: talk });
    expect(result.restoration?.restored).not.toHaveLength(0);
    expect(result.items).toEqual(talk);
    expect((await run('undo', 'nobody')).code).toBe(1);
  });

  it('says what it needs', async () => {
    expect((await run('undo', 's')).error).toContain('undo needs storage.sessions_path');
  });
});

describe('what-i-remember', () => {
  it('prints the layers, and gives them whole as JSON', async () => {
    await writeFile(join(directory, 's.json'), JSON.stringify(talk));
    const { code, out } = await run('what-i-remember', 's.json', '--window', '6000');
    expect(code).toBe(0);
    expect(out).toMatch(/Summary v1: \d+ tokens for \d+ messages\./u);
    expect(out).toMatch(/Recent: \d+ messages/u);
    const { layers } = JSON.parse(
      (await run('what-i-remember', 's.json', '--window', '6000', '--json')).out,
    ) as {
      layers: { recent: { items: { item: object }[] }; summary: { covers: number } };
    };
    expect(layers.recent.items.at(-1)?.item).toEqual(talk.at(-1));
    expect(layers.summary.covers + layers.recent.items.length).toBe(talk.length);
  });
});

describe('import', () => {
  it('sends each recorded call as it was, and says where the recorder had compacted', async () => {
    const { items } = billedSession([
      { added: 5000, output: 10, isCold: true },
      { added: 900, output: 10, isCold: false },
      { added: -4000, output: 10, isCold: true },
    ]);
    await writeFile(join(directory, 'p.jsonl'), items.map((item) => JSON.stringify(item)).join('\n'));
    const host = await createHost({ port: 0, database: ':memory:' });
    const { code, out } = await run('import', 'p.jsonl', '--to', `${host.url}/ingest`);
    const page = (await (await fetch(`${host.url}/api/spans`)).json()) as {
      spans: { name: string; attrs: Record<string, unknown> }[];
    };
    await host.close();
    expect({ code, out }).toEqual({ code: 0, out: 'p.jsonl: 3 calls' });
    const calls = page.spans.filter(({ name }) => name.startsWith('chat'));
    expect(calls.map(({ attrs }) => attrs['gen_ai.usage.input_tokens'])).toEqual([5000, 5900, 1900]);
    expect(calls.map(({ attrs }) => attrs['gen_ai.conversation.compacted'])).toEqual([
      undefined,
      undefined,
      true,
    ]);
    expect(new Set(calls.map(({ attrs }) => attrs['gen_ai.conversation.id']))).toEqual(new Set(['p.jsonl']));
  });
});
