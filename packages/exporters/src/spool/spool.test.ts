import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Arrival, Entry, Rank } from '../delivery/bounded-queue.ts';
import type { EncodedSpan } from '../delivery/encoded-span.ts';
import { OutageLog } from '../delivery/outage-log.ts';
import type { SpoolRef } from '../delivery/spool-ref.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { readRecords } from './record.ts';
import { Spool } from './spool.ts';

let path = '';
let lines: string[] = [];
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'clew-spool-')), 'sink');
  lines = [];
});
afterEach(() => rm(join(path, '..'), { recursive: true, force: true }));

function spoolWith(maxBytes = 1_000_000, clock = new ManualClock()) {
  let evicted = 0;
  const spool = new Spool({
    path,
    maxBytes,
    clock,
    log: new OutageLog('[test]', (_level, text) => void lines.push(text)),
    onEvicted: (count) => {
      evicted += count;
    },
  });
  return { spool, clock, evicted: () => evicted };
}

const group = Buffer.from('a resource and a scope');

function entry(text: string, rank: Rank = 0, own: Buffer = group): Arrival<EncodedSpan> {
  const bytes = Buffer.from(text);
  return {
    payload: { bytes, group: own, startTime: [1_763_600_000, 123_456_789] },
    bytes: bytes.length,
    rank,
    at: 0,
  };
}

const settled = (ref: SpoolRef | undefined, text = ''): Entry<EncodedSpan> => ({
  ...entry(text),
  sequence: 1,
  ref,
});

const texts = (arrivals: readonly Arrival<EncodedSpan>[]) =>
  arrivals.map(({ payload }) => payload.bytes.toString());

/** As if the process that wrote it had been killed: its folder now bears the name of a process that is gone. */
function orphan(pid = 2 ** 22 + 1): string {
  const own = readdirSync(path).find((name) => name.includes(`-${process.pid}-`)) ?? '';
  const name = `${hostname().replaceAll(/[^\w.]/g, '_')}-${pid}-1-${own.split('-').at(-1)}`;
  renameSync(join(path, own), join(path, name));
  return join(path, name);
}

const segmentIn = (folder: string) =>
  join(folder, readdirSync(folder).find((name) => name.endsWith('.spool')) ?? '');

describe('a spool', () => {
  test('gives to the next process what was not settled: bytes, rank, start and group', async () => {
    const { spool } = spoolWith();
    const refs = ['a', 'b', 'c', 'd'].map((text, index) => spool.write(entry(text, index === 1 ? 2 : 0)));
    spool.settle([settled(refs[0]), settled(refs[2])]);
    orphan();
    const next = spoolWith().spool;
    expect(await next.adopt()).toBe(2);
    const read = [...(await next.read()), ...(await next.read())];
    expect(texts(read).toSorted()).toEqual(['b', 'd']);
    expect(read.find(({ rank }) => rank === 2)).toMatchObject({
      bytes: 1,
      payload: { bytes: Buffer.from('b'), group, startTime: [1_763_600_000, 123_456_789] },
    });
    expect(next.parked).toBe(0);
    next.settle(read.map((each) => ({ ...each, sequence: 0 })));
    expect(next.close()).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  test('lets each orphan be taken by one only, and none that lives', async () => {
    const { spool } = spoolWith();
    spool.write(entry('mine'));
    expect(await spoolWith().spool.adopt()).toBe(0);
    orphan();
    const many = Array.from({ length: 5 }, () => spoolWith().spool);
    const taken = await Promise.all(many.map((each) => each.adopt()));
    expect(taken.filter((count) => count > 0)).toEqual([1]);
  });

  test('takes over from a process whose number another one has now, and from this one when it let go', async () => {
    spoolWith().spool.write(entry('other start'));
    orphan(process.pid);
    const { spool } = spoolWith();
    expect(await spool.adopt()).toBe(1);
    expect(spool.close()).toBe(1);
    expect(await spoolWith().spool.adopt()).toBe(1);
  });

  test('leaves the folder of another machine alone until it was silent for long', async () => {
    spoolWith().spool.write(entry('theirs'));
    const name = 'elsewhere-1-5-1';
    renameSync(join(path, readdirSync(path)[0] ?? ''), join(path, name));
    const clock = new ManualClock();
    await clock.advance(statSync(join(path, name)).mtimeMs + 60_000);
    expect(await spoolWith(1_000_000, clock).spool.adopt()).toBe(0);
    await clock.advance(10 * 60_000);
    expect(await spoolWith(1_000_000, clock).spool.adopt()).toBe(1);
  });

  test('keeps what is whole before a torn tail, whatever the tail is, and says so', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200 }), async (tail) => {
        const { spool } = spoolWith();
        spool.write(entry('first'));
        spool.write(entry('second'));
        appendFileSync(segmentIn(orphan()), tail);
        const next = spoolWith().spool;
        expect(await next.adopt()).toBe(2);
        expect(texts(await next.read())).toEqual(['first', 'second']);
        next.settle([]);
        await rm(path, { recursive: true });
      }),
      { numRuns: 20 },
    );
    expect(lines[0]).toMatch(/no whole record/);
  });

  test('a byte that the disk changed costs what follows it in that file, and stops nothing', async () => {
    const { spool } = spoolWith();
    for (const text of ['first', 'second', 'third']) spool.write(entry(text));
    const file = segmentIn(orphan());
    const bytes = readFileSync(file);
    bytes[bytes.indexOf('second')] = 0;
    writeFileSync(file, bytes);
    const next = spoolWith().spool;
    expect(await next.adopt()).toBe(1);
    expect(texts(await next.read())).toEqual(['first']);
  });

  test('a foreign file and an unreadable one stop nothing', async () => {
    mkdirSync(join(path, 'notes'), { recursive: true });
    spoolWith().spool.write(entry('good'));
    const folder = orphan();
    mkdirSync(join(folder, '00000000.spool'));
    writeFileSync(join(folder, 'readme.txt'), 'hello');
    expect(await spoolWith().spool.adopt()).toBe(1);
  });

  test('never takes more of the disk than its bound: the oldest leave, and are counted', () => {
    const { spool, evicted } = spoolWith(100_000);
    for (let number = 0; number < 500; number += 1) {
      const ref = spool.write(entry('x'.repeat(1000)));
      if (ref !== undefined) spool.park(ref);
    }
    const [folder = ''] = readdirSync(path);
    const bytes = readdirSync(join(path, folder)).reduce(
      (sum, name) => sum + statSync(join(path, folder, name)).size,
      0,
    );
    expect(bytes).toBeLessThanOrEqual(101_500);
    expect(spool.parked + evicted()).toBe(500);
    expect(evicted()).toBeGreaterThan(380);
  });

  test('a full one gives up what is of the lowest rank, and takes nothing for which higher ones had to go', async () => {
    const { spool, evicted } = spoolWith(40_000);
    const write = (rank: Rank, count: number): number => {
      const refs = Array.from({ length: count }, () => spool.write(entry('x'.repeat(1000), rank)));
      for (const ref of refs) if (ref !== undefined) spool.park(ref);
      return refs.filter((ref) => ref !== undefined).length;
    };
    expect(write(0, 20)).toBe(20);
    expect(write(2, 25)).toBe(25);
    expect(evicted()).toBeGreaterThan(0);
    expect(spool.parked + evicted()).toBe(45);
    write(1, 20);
    write(0, 20);
    const kept = [];
    while (spool.parked > 0) kept.push(...(await spool.read()));
    expect(kept.filter(({ rank }) => rank === 2)).toHaveLength(25);
    // Of the highest rank the oldest have to go for the newest.
    expect(write(2, 60)).toBe(60);
    expect(spool.write(entry('x'.repeat(30_000)))).toBeUndefined();
  });

  test('files are readable by their owner alone', () => {
    spoolWith().spool.write(entry('a'));
    const [folder = ''] = readdirSync(path);
    expect(statSync(join(path, folder)).mode & 0o777).toBe(0o700);
    expect(statSync(segmentIn(join(path, folder))).mode & 0o777).toBe(0o600);
  });

  test('a folder that cannot be made is said once, and tried again later', async () => {
    writeFileSync(path, 'a file stands in the way');
    const { spool, clock } = spoolWith();
    expect([spool.write(entry('a')), spool.write(entry('b'))]).toEqual([undefined, undefined]);
    expect(lines).toHaveLength(1);
    await rm(path);
    expect(spool.write(entry('c'))).toBeUndefined();
    await clock.advance(1500);
    expect(spool.write(entry('d'))).toBeDefined();
  });

  test('each entry is parked, held or settled, and those that are not settled survive, whatever happens', async () => {
    const action = fc.oneof(
      fc.record({ write: fc.string({ maxLength: 300 }), isNewGroup: fc.boolean() }),
      fc.record({ settle: fc.nat(20) }),
      fc.record({ park: fc.nat(20) }),
      fc.constant({ read: true }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
        const { spool } = spoolWith(10_000_000);
        const held: { ref: SpoolRef; text: string }[] = [];
        const parked = new Set<string>();
        let number = 0;
        for (const each of actions) {
          if ('write' in each) {
            number += 1;
            const text = `${number} ${each.write}`;
            const ref = spool.write(entry(text, 0, each.isNewGroup ? Buffer.from(text) : group));
            if (ref !== undefined) held.push({ ref, text });
          } else if ('settle' in each) {
            const gone = held.splice(0, each.settle);
            spool.settle(gone.map(({ ref }) => settled(ref)));
          } else if ('park' in each) {
            for (const { ref, text } of held.splice(0, each.park)) {
              spool.park(ref);
              parked.add(text);
            }
          } else {
            for (const { ref, payload } of await spool.read()) {
              const text = payload.bytes.toString();
              expect(parked.delete(text)).toBe(true);
              if (ref !== undefined) held.push({ ref, text });
            }
          }
          expect(spool.parked).toBe(parked.size);
        }
        const left = [...held.map(({ text }) => text), ...parked];
        expect(spool.close()).toBe(left.length);
        const next = spoolWith(10_000_000).spool;
        expect(await next.adopt()).toBe(left.length);
        const found: string[] = [];
        while (next.parked > 0) found.push(...texts(await next.read()));
        expect(found.toSorted()).toEqual(left.toSorted());
        await rm(path, { recursive: true, force: true });
        next.close();
      }),
      { numRuns: 40 },
    );
  });
});

test('any bytes can be read as a segment', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const { entries, tornBytes } = readRecords(Buffer.from(bytes));
      expect(entries.length * 8 + tornBytes).toBeLessThanOrEqual(bytes.length);
    }),
  );
});
