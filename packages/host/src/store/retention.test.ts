import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Incoming } from './incoming.ts';
import { openStore, type Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'clew-retention-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 1024 * 1024;

function session(id: string, spans: number, bytes = 1000): readonly Incoming[] {
  return Array.from({ length: spans }, (_, index) => ({
    type: 'span',
    traceId: `trace-${id}`,
    id: `${id}-${index}`,
    start: index,
    status: index % 10 === 0 ? 'error' : 'ok',
    attrs: { 'compact.session_id': id, text: 'x'.repeat(bytes) },
    source: 'otlp',
  }));
}

function clean(store: Store): number {
  for (let removed = 0; ;) {
    const step = store.retain();
    removed += step.removedSpans;
    if (!step.more) return removed;
  }
}

const listed = (store: Store): readonly string[] =>
  store
    .sessionsAfter(undefined, 1000)
    .map(({ id }) => id)
    .toSorted();

it('removes the sessions to which nothing was added for too long, and counts what is left', async () => {
  let time = 0;
  const store = openStore({ path: ':memory:', now: () => time, retention: { maxAgeMillis: 1000 } });
  store.write([...session('old', 2500), { type: 'trace', traceId: 'trace-old', name: 'n' }]);
  time = 800;
  store.write(session('young', 10));
  store.write(session('kept', 10));
  expect(clean(store)).toBe(0);
  time = 1700;
  store.write(session('kept', 1));
  expect(clean(store)).toBe(2500);
  expect(listed(store)).toEqual(['kept', 'young']);
  expect(store.totals()).toMatchObject({ spans: 20, traces: 2, traceEvents: 0 });
  time = 2000;
  expect(clean(store)).toBe(10);
  expect(listed(store)).toEqual(['kept']);
  expect(store.readTrace('trace-young')).toBeUndefined();
  await store.close();
});

it('keeps the files below their limit, the oldest sessions first', async () => {
  const path = join(folder, 'full.db');
  const limit = 6 * MIB;
  let time = 0;
  const store = openStore({ path, now: () => time, retention: { maxBytes: limit } });
  for (let turn = 0; turn < 30; turn += 1) {
    time += 1;
    store.write(session(`s${turn}`, 500));
    clean(store);
    const { fileBytes, logBytes } = store.space();
    expect(fileBytes + logBytes).toBeLessThanOrEqual(limit);
    expect(statSync(path).size).toBeLessThanOrEqual(limit);
  }
  expect(listed(store)).toContain('s29');
  expect(listed(store)).not.toContain('s0');
  const { spans } = store.totals();
  expect(spans).toBeGreaterThan(2000);
  expect(store.sessionsAfter(undefined, 1000).reduce((sum, { spanCount }) => sum + (spanCount ?? 0), 0)).toBe(
    spans,
  );
  await store.close();
});

it('takes the oldest spans of a session that alone is too large, and counts the others', async () => {
  const store = openStore({ path: ':memory:', now: () => 0, retention: { maxBytes: 2 * MIB } });
  store.write(session('huge', 5000));
  expect(clean(store)).toBeGreaterThan(0);
  const { spans } = store.totals();
  expect(spans).toBeGreaterThan(500);
  expect(store.sessionsAfter(undefined, 1)).toMatchObject([
    { id: 'huge', spanCount: spans, errorCount: spans / 10 },
  ]);
  expect(store.readTrace('trace-huge')?.spans.at(-1)).toMatchObject({ id: 'huge-4999' });
  await store.close();
});

it('leaves a trace with the later of the sessions that share it', async () => {
  let time = 0;
  const store = openStore({ path: ':memory:', now: () => time, retention: { maxAgeMillis: 1000 } });
  const within = (id: string): readonly Incoming[] =>
    session(id, 5).map((span): Incoming => ({ ...span, traceId: 'shared' }));
  store.write([...within('early'), ...within('late')]);
  time = 900;
  store.write(session('late', 1));
  time = 1500;
  expect(clean(store)).toBe(0);
  expect(listed(store)).toEqual(['late']);
  expect(store.readTrace('shared')?.spans).toHaveLength(10);
  time = 2000;
  expect(clean(store)).toBe(11);
  expect(listed(store)).toEqual([]);
  expect(store.totals()).toMatchObject({ spans: 0, traces: 0 });
  await store.close();
});

it('keeps everything where nothing is asked for', async () => {
  const store = openStore({ path: ':memory:', now: () => Date.now() });
  store.write(session('s', 10));
  expect(store.retain()).toEqual({ removedSpans: 0, more: false });
  expect(listed(store)).toEqual(['s']);
  await store.close();
});
