import { mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactError, CompactManager, MetricsLedger, chat, replayRunLog } from '@clew/core';
import type { RunLogLine } from '@clew/core';
import { conversation } from '@clew/core/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FsMetricsStore } from './fs-metrics-store.ts';
import { FsRunLog } from './fs-run-log.ts';

const { signal } = new AbortController();
let path = '';
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'clew-log-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const lineOf = (position: number, session_id = 's'): RunLogLine => ({
  schema_version: 1,
  at: '2026-11-21T00:00:00.000Z',
  session_id,
  type: 'item',
  position,
  id: `id-${position}`,
  role: 'user',
  kind: 'message',
  tokens: 1,
  item: { content: `Größe ${position} 💡` },
});

async function all<TValue>(values: AsyncIterable<TValue>): Promise<TValue[]> {
  const list: TValue[] = [];
  for await (const value of values) list.push(value);
  return list;
}

const talk = (turns: number) =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(60)}`,
      answer: `Answer ${index}: ${'because '.repeat(15)}`,
    })),
  );

describe('run logs in files', () => {
  it('are lines of JSON that only their owner may read, one file for each session', async () => {
    const log = new FsRunLog({ path });
    expect(await log.end('s')).toBe('');
    expect(await all(log.read('s', signal))).toEqual([]);
    const end = await log.append('s', [lineOf(0), lineOf(1)], signal);
    expect(await log.end('s')).toBe(end);
    await log.append('../t', [lineOf(0, '../t')], signal);
    expect(await all(log.read('s', signal))).toEqual([lineOf(0), lineOf(1)]);
    expect(await all(log.read('../t', signal))).toEqual([lineOf(0, '../t')]);
    const file = join(path, 's', 'run-log.jsonl');
    expect((await readFile(file, 'utf8')).split('\n')).toHaveLength(3);
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    expect((await readdir(path)).every((name) => !name.startsWith('.'))).toBe(true);
  });

  it('are read up to where a crash has cut them, wherever that was, and go on behind it', async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.nat(), async (count, cut) => {
        const session = `s${(number += 1)}`;
        const log = new FsRunLog({ path, sync: 'never' });
        const lines = Array.from({ length: count }, (_, index) => lineOf(index, session));
        for (const line of lines) await log.append(session, [line], signal);
        const file = join(path, session, 'run-log.jsonl');
        const bytes = await readFile(file);
        const size = cut % (bytes.length + 1);
        await truncate(file, size);
        const whole = bytes.subarray(0, size).toString('utf8').split('\n').length - 1;
        expect(await all(log.read(session, signal))).toEqual(lines.slice(0, whole));
        const end = await log.append(session, [lineOf(99, session)], signal);
        expect(await log.end(session)).toBe(end);
        const after = await all(log.read(session, signal));
        expect(after.at(-1)).toEqual(lineOf(99, session));
        expect(after.slice(0, whole)).toEqual(lines.slice(0, whole));
      }),
      { numRuns: 40 },
    );
  });

  it('pass by what is none of their lines', async () => {
    const log = new FsRunLog({ path });
    await log.append('s', [lineOf(0)], signal);
    const file = join(path, 's', 'run-log.jsonl');
    const other = JSON.stringify({ ...lineOf(5), type: 'of_a_later_version' });
    await writeFile(file, `${await readFile(file, 'utf8')}\n{"type":"item"}\n${other}\nnonsense\n`);
    await log.append('s', [lineOf(1)], signal);
    expect(await all(log.read('s', signal))).toEqual([lineOf(0), lineOf(1)]);
  });

  it('give back what every call was sent, from one process to the next', async () => {
    const sent: (readonly unknown[])[] = [];
    for (const turns of [20, 40, 45, 90]) {
      // As in a process of its own, which knows nothing but the files.
      const manager = new CompactManager<object>({
        model: 'test',
        maxContextTokens: 4000,
        dialect: chat,
        counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
        policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
        runLog: { log: new FsRunLog({ path }) },
      });
      sent.push((await manager.preflight({ sessionId: 's', items: talk(turns) })).items);
      await manager.flush();
    }
    const contexts: string[] = [];
    for await (const { log } of replayRunLog(new FsRunLog({ path }).read('s', signal))) {
      contexts.push(JSON.stringify(log.context.map(({ item }) => item)));
    }
    expect(sent.map((items) => contexts.indexOf(JSON.stringify(items)))).not.toContain(-1);
    expect(contexts.at(-1)).toBe(JSON.stringify(sent.at(-1)));
    const types = (await all(new FsRunLog({ path }).read('s', signal))).map(({ type }) => type);
    expect(types).toContain('response.memory.compacted');
    // An item is written once, whoever sends it again.
    expect(types.filter((type) => type === 'item')).toHaveLength(180);
  });

  it('go when nobody has written to them for too long', async () => {
    let now = Date.now();
    const log = new FsRunLog({ path, maxIdleMillis: 1000, now: () => now });
    await log.append('s', [lineOf(0)], signal);
    await log.forgetIdle(signal);
    expect(await readdir(path)).toEqual(['s']);
    now += 10_000;
    await log.forgetIdle(signal);
    expect(await readdir(path)).toEqual([]);
    expect(() => new FsRunLog({ path: '' })).toThrow(CompactError);
  });
});

it('a ledger in files adds up what several processes have added', async () => {
  const ledgers = [1, 2].map(() => new MetricsLedger({ store: new FsMetricsStore({ path }) }));
  for (const [index, ledger] of ledgers.entries()) {
    const tokens = { before: 2, after: 1 };
    const settled = { sessionId: `s${index}`, at: Date.UTC(2026, 10, 21), attempts: 1, tokens };
    ledger.overflowSettled({ ...settled, id: 'x', isRecovered: true });
    await ledger.flush();
  }
  const file = join(path, '2026-11-21.jsonl');
  await writeFile(file, `${await readFile(file, 'utf8')}{"cut sh`);
  await writeFile(join(path, 'notes.txt'), 'of somebody else');
  ledgers[0]?.overflowSettled({
    id: 'y',
    sessionId: 's0',
    at: Date.UTC(2026, 10, 22),
    isRecovered: false,
    attempts: 0,
    tokens: { before: 1, after: 1 },
  });
  const report = await ledgers[0]?.report(signal);
  expect(report?.total).toMatchObject({ overflows: 3, overflows_recovered: 2 });
  expect([...(report?.byDay.keys() ?? [])]).toEqual(['2026-11-21', '2026-11-22']);
  expect(report?.bySession.get('s0')).toMatchObject({ overflows: 2, overflows_recovered: 1 });
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
});
