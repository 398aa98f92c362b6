import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import Database from 'libsql';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { StreamMessage } from '../wire.ts';
import type { IncomingSpan } from './incoming.ts';
import { openStore, type Store } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'clew-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const now = (): number => 1_700_000_000_000;
const memory = (): Store => openStore({ path: ':memory:', now });

function span(id: string, more: Partial<IncomingSpan> = {}): IncomingSpan {
  return { type: 'span', traceId: 't', id, name: 'work', attrs: {}, source: 'ariadne', ...more };
}

function messages(store: Store, after: number): readonly StreamMessage[] {
  return store.readAfter(after).map((item) => item.message);
}

function prepare(path: string, sql: string): void {
  const database = new Database(path);
  database.exec(sql);
  database.close();
}

describe('writing', () => {
  it('gives back what was written, whatever the text', () => {
    const store = memory();
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    const attrs = fc.dictionary(text, fc.jsonValue());
    fc.assert(
      fc.property(
        fc.uuid(),
        text,
        fc.double({ min: 0, max: 4e12, noNaN: true }),
        attrs,
        (id, name, start, data) => {
          const sent = z.record(z.string(), z.unknown()).parse(JSON.parse(JSON.stringify(data)));
          store.write([span(id, { name, start, attrs: sent, links: [{ traceId: 'a', spanId: 'b' }] })]);
          const [stored] = messages(store, store.totals().cursor - 1);
          expect(stored).toMatchObject({
            id,
            name,
            start,
            links: [{ traceId: 'a', spanId: 'b', id: 'b' }],
          });
          expect(stored).toHaveProperty('attrs', sent);
        },
      ),
    );
  });

  it('merges a span that comes again under a new cursor, and counts it once', () => {
    const store = memory();
    store.write([span('s', { start: 1, attrs: { input: 'x' } })]);
    const opened = store.totals().cursor;
    store.write([span('s', { end: 2, status: 'error', attrs: { input: 'x', output: 'y' } })]);
    store.write([span('s', { start: 1, attrs: { input: 'late' } })]);

    expect(store.totals().cursor).toBe(opened + 2);
    expect(messages(store, 0)).toEqual([
      {
        ...span('s', { start: 1, end: 2, status: 'error', attrs: { input: 'x', output: 'y' } }),
        cursor: opened + 2,
      },
    ]);
    expect(store.totals()).toMatchObject({ spans: 1, traces: 1, traceEvents: 0 });
  });

  it('keeps the name that the opening event gave, and falls back to the kind', () => {
    const store = memory();
    const { name: _, ...nameless } = span('a', { kind: 'tool', end: 2 });
    store.write([span('a', { name: 'opened' }), nameless, { ...nameless, id: 'b' }]);
    expect(messages(store, 0)).toMatchObject([
      { id: 'a', name: 'opened', end: 2 },
      { id: 'b', name: 'tool' },
    ]);
  });

  it('does not mix spans of two traces that share an id', () => {
    const store = memory();
    store.write([span('s', { name: 'one' }), span('s', { name: 'two', traceId: 'u' })]);
    expect(messages(store, 0)).toMatchObject([{ name: 'one' }, { name: 'two' }]);
  });

  it('merges trace events, and hands out cursors across spans and traces in order of arrival', () => {
    const store = memory();
    store.write([
      span('a'),
      { type: 'trace', traceId: 't', name: 'run', start: 1, metadata: { user: 'u' } },
      span('b'),
      { type: 'trace', traceId: 't', groupId: 'g', end: 9 },
    ]);
    const first = now() * 1000;
    expect(messages(store, 0)).toEqual([
      { ...span('a'), cursor: first + 1 },
      { ...span('b'), cursor: first + 3 },
      {
        type: 'trace',
        traceId: 't',
        name: 'run',
        groupId: 'g',
        start: 1,
        end: 9,
        metadata: { user: 'u' },
        cursor: first + 4,
      },
    ]);
  });

  it('writes nothing of a batch that fails', () => {
    const store = memory();
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(() => store.write([span('a'), span('b', { attrs: circular })])).toThrow(/circular/);
    expect(store.totals().spans).toBe(0);
    store.write([span('c')]);
    expect(messages(store, 0)).toMatchObject([{ id: 'c' }]);
  });
});

describe('reading after a cursor', () => {
  it('gives spans and traces in the order of their cursors', () => {
    const store = memory();
    store.write([span('a'), { type: 'trace', traceId: 't' }, span('b'), { type: 'trace', traceId: 'u' }]);
    const cursors = messages(store, 0).map((message) => message.cursor);
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
    expect(messages(store, 0).map((message) => message.type)).toEqual(['span', 'trace', 'span', 'trace']);
  });

  it('gives pages that are bounded in bytes, without a gap or a repeat', () => {
    const store = memory();
    const large = 'x'.repeat(200_000);
    store.write(Array.from({ length: 20 }, (_, index) => span(`s${index}`, { attrs: { large } })));
    const seen: number[] = [];
    for (let page = messages(store, 0); page.length > 0; page = messages(store, seen.at(-1) ?? 0)) {
      expect(page.length).toBeLessThanOrEqual(2);
      seen.push(...page.map((message) => message.cursor));
    }
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => now() * 1000 + index + 1));
  });

  it('gives a row that is larger than a page alone', () => {
    const store = memory();
    store.write([span('huge', { attrs: { text: 'x'.repeat(2_000_000) } }), span('small')]);
    expect(messages(store, 0)).toMatchObject([{ id: 'huge' }]);
    expect(messages(store, store.totals().cursor - 1)).toMatchObject([{ id: 'small' }]);
    expect(messages(store, store.totals().cursor)).toEqual([]);
  });
});

describe('the file', () => {
  it('holds all that was committed at the moment that the process dies', () => {
    const path = join(folder, 'made', 'killed.db');
    const store = openStore({ path, now });
    store.write(Array.from({ length: 300 }, (_, index) => span(`s${index}`)));
    // Not closed: a killed process leaves behind just these files, as they are now.
    const left = join(folder, 'left.db');
    for (const end of ['', '-wal']) cpSync(path + end, left + end);

    const reopened = openStore({ path: left, now });
    expect(reopened.totals().spans).toBe(300);
    expect(reopened.totals().cursor).toBe(store.totals().cursor);
    reopened.write([span('next')]);
    expect(messages(reopened, store.totals().cursor)).toMatchObject([
      { id: 'next', cursor: store.totals().cursor + 1 },
    ]);
    void reopened.close();
    void store.close();
  });

  it('can be written by two stores, whose cursors never collide', () => {
    const path = join(folder, 'shared.db');
    const [one, two] = [openStore({ path, now }), openStore({ path, now })];
    for (let turn = 0; turn < 5; turn += 1) {
      one.write([span(`one${turn}`)]);
      two.write([span(`two${turn}`)]);
    }
    expect(messages(one, 0).map((message) => message.cursor - now() * 1000)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    void one.close();
    void two.close();
  });

  it('is refused with advice when it is not a database, of another program, or of another version', () => {
    const broken = join(folder, 'broken.db');
    writeFileSync(broken, 'not a database at all '.repeat(100));
    expect(() => openStore({ path: broken, now })).toThrow(/name another file/);
    expect(() => openStore({ path: join(broken, 'below.db'), now })).toThrow(/Check the path/);

    const other = join(folder, 'other.db');
    prepare(other, 'CREATE TABLE notes (text TEXT)');
    expect(() => openStore({ path: other, now })).toThrow(/another program's/);

    const newer = join(folder, 'newer.db');
    prepare(newer, 'PRAGMA user_version = 99');
    expect(() => openStore({ path: newer, now })).toThrow(/of version 99/);
    expect(existsSync(newer)).toBe(true);
  });
});
