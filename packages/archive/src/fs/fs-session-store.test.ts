import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactManager, chat } from '@clew/core';
import { ScriptedSummarizer, conversation, writtenSummary } from '@clew/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FsSessionStore } from './fs-session-store.ts';

const { signal } = new AbortController();
let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-sessions-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const file = (name: string) => join(path, 's', name);

describe('sessions in files', () => {
  it('are what was last saved, for their owner only, and nothing where there is none', async () => {
    const store = new FsSessionStore({ path });
    expect(await store.load('s', signal)).toBeUndefined();
    await store.save('s', { calls: 1 }, signal);
    await store.save('s', { calls: 2, text: '日本語\u2028' }, signal);
    expect(await new FsSessionStore({ path }).load('s', signal)).toEqual({ calls: 2, text: '日本語\u2028' });
    expect((await stat(file('state.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(path, 's'))).toEqual(['state.json']);
  });

  it('are the very ones that were saved here, as long as nobody else has saved', async () => {
    const [here, there] = [new FsSessionStore({ path }), new FsSessionStore({ path })];
    const state = { calls: 1 };
    await here.save('s', state, signal);
    expect(await here.load('s', signal)).toBe(state);
    await there.save('s', { calls: 7 }, signal);
    expect(await here.load('s', signal)).toEqual({ calls: 7 });
    await here.save('s', { calls: 8 }, signal);
    expect(await there.load('s', signal)).toEqual({ calls: 8 });
    await rm(join(path, 's'), { recursive: true });
    expect(await here.load('s', signal)).toBeUndefined();
  });

  it('are forgotten where nobody has touched them for too long', async () => {
    const store = new FsSessionStore({ path, maxIdleMillis: 1000 });
    await store.save('old', {}, signal);
    await store.save('new', {}, signal);
    const long = new Date(Date.now() - 5000);
    await utimes(join(path, 'old', 'state.json'), long, long);
    await store.forgetIdle(signal);
    expect(await readdir(path)).toEqual(['new']);
    expect(await store.load('old', signal)).toBeUndefined();
    await store.save('old', { calls: 1 }, signal);
    expect(await store.load('old', signal)).toEqual({ calls: 1 });
  });

  it('are not forgotten before anything is written to them', async () => {
    const store = new FsSessionStore({ path, maxIdleMillis: 60_000 });
    await mkdir(join(path, 'new'), { recursive: true });
    await store.forgetIdle(signal);
    expect(await readdir(path)).toEqual(['new']);
  });

  it('keep within their folder, whatever the session is called', async () => {
    const store = new FsSessionStore({ path });
    await store.save('../../outside', { calls: 1 }, signal);
    expect(await store.load('../../outside', signal)).toEqual({ calls: 1 });
    expect(await readdir(path)).toEqual([expect.stringMatching(/^outside-[0-9a-f]{12}$/u)]);
  });

  it('start afresh from a damaged file, which is put aside', async () => {
    const store = new FsSessionStore({ path });
    await store.save('s', {}, signal);
    await writeFile(file('state.json'), '{"calls": 1, "spl');
    expect(await store.load('s', signal)).toBeUndefined();
    expect(await readFile(file('state.json.damaged'), 'utf8')).toBe('{"calls": 1, "spl');
  });

  it('let another process go on with the same summary, without a model', async () => {
    const items = conversation(
      Array.from({ length: 36 }, (_, index) => ({
        user: `Question ${index}: ${'why '.repeat(60)}`,
        answer: `Answer ${index}: ${'because '.repeat(15)}`,
      })),
    );
    const managerOf = (summarizer: ScriptedSummarizer) =>
      new CompactManager<object>({
        model: 'test',
        maxContextTokens: 4000,
        dialect: chat,
        counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
        summarizer,
        store: new FsSessionStore({ path }),
      });
    const first = await managerOf(new ScriptedSummarizer([{ text: writtenSummary('- go on') }])).preflight({
      sessionId: 's',
      items,
    });
    expect(first.outcome).toBe('compacted');
    const next = await managerOf(new ScriptedSummarizer([])).preflight({
      sessionId: 's',
      items: [...items, { role: 'user', content: 'And now?' }],
    });
    expect(next).toMatchObject({ outcome: 'noop_below', reapplied: 'applied', callIndex: 2 });
    expect(next.items.slice(0, -1)).toEqual(first.items);
  });
});

describe('the lock of a session', () => {
  it('is had by one at a time', async () => {
    const stores = Array.from({ length: 4 }, () => new FsSessionStore({ path }));
    let inside = 0;
    let most = 0;
    await Promise.all(
      stores.flatMap((store) =>
        Array.from({ length: 5 }, async () => {
          const release = await store.lock('s', new AbortController().signal);
          inside += 1;
          most = Math.max(most, inside);
          const state = (await store.load('s', signal)) as { readonly count: number } | undefined;
          await store.save('s', { count: (state?.count ?? 0) + 1 }, signal);
          inside -= 1;
          await release();
        }),
      ),
    );
    expect(most).toBe(1);
    expect(await stores[0]?.load('s', signal)).toEqual({ count: 20 });
    expect(await readdir(join(path, 's'))).toEqual(['state.json']);
  });

  it('is given up waiting for when the signal says so', async () => {
    await new FsSessionStore({ path }).lock('s', signal);
    const late = new FsSessionStore({ path }).lock('s', AbortSignal.timeout(30));
    await expect(late).rejects.toMatchObject({ name: expect.stringMatching(/TimeoutError|AbortError/u) });
  });

  it('is taken over from a holder that has run out of time, who can then no longer save', async () => {
    let time = 0;
    const storeOf = () => new FsSessionStore({ path, lockLimitMillis: 1000, now: () => time });
    const dead = storeOf();
    const release = await dead.lock('s', signal);
    time = 1000;
    const next = storeOf();
    const releaseNext = await next.lock('s', signal);
    await expect(dead.save('s', { from: 'the dead' }, signal)).rejects.toThrow(/another process has it/u);
    await release();
    await next.save('s', { from: 'the living' }, signal);
    await releaseNext();
    expect(await next.load('s', signal)).toEqual({ from: 'the living' });
    expect(await readdir(join(path, 's'))).toEqual(['state.json']);
  });

  it('is nobody’s where its file is not one of ours', async () => {
    const store = new FsSessionStore({ path });
    await store.save('s', {}, signal);
    await writeFile(file('state.lock'), 'what is this?');
    const release = await store.lock('s', signal);
    await release();
    expect(await readdir(join(path, 's'))).toEqual(['state.json']);
  });
});
