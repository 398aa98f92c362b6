import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factKinds } from './fact.ts';
import type { Fact } from './fact.ts';
import { writeFactSheet } from './fact-sheet.ts';
import { holderOf } from './held-facts.ts';
import { filesInSheet } from './read-fact-sheet.ts';

const count = (text: string) => Math.ceil(text.length / 4);
const fact = (kind: Fact['kind'], text: string, more: Partial<Fact> = {}): Fact => ({
  kind,
  text,
  by: 'assistant',
  count: 1,
  first: 0,
  last: 0,
  ...more,
});

const facts: fc.Arbitrary<readonly Fact[]> = fc
  .uniqueArray(
    fc.record({
      kind: fc.constantFrom(...factKinds),
      number: fc.nat(400),
      by: fc.constantFrom('user', 'assistant', 'tool'),
      count: fc.integer({ min: 1, max: 50 }),
      last: fc.nat(500),
      length: fc.nat(60),
    }),
    { selector: ({ kind, number }) => `${kind} ${number}`, maxLength: 200 },
  )
  .map((made) =>
    made.map(({ kind, number, by, count: times, last, length }) =>
      fact(kind, wordFor(kind, number, length), { by, count: times, first: 0, last }),
    ),
  );

function wordFor(kind: Fact['kind'], number: number, length: number): string {
  switch (kind) {
    case 'path':
      return `src/part-${number % 7}/file_${number}.ts`;
    case 'url':
      return `https://example.org/page_${number}`;
    case 'id':
      return `#${number}`;
    case 'identifier':
      return `nameOf${number}`;
    default:
      return `${kind} number ${number}, ${'more '.repeat(length)}said.`;
  }
}

describe('a fact sheet', () => {
  it('is never over its limit, and its paths are all there to be read back', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 3000 }), (given, maxTokens) => {
        const sheet = writeFactSheet({ facts: given, now: 500, maxTokens, count });
        expect(count(sheet.text)).toBeLessThanOrEqual(maxTokens);
        const files = filesInSheet(sheet.text).map(({ text }) => text);
        const paths = sheet.listed.filter(({ kind }) => kind === 'path').map(({ text }) => text);
        expect(files.toSorted()).toEqual(paths.toSorted());
      }),
    );
  });

  it('holds what it says that it lists', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 100, max: 3000 }), (given, maxTokens) => {
        const { text, listed } = writeFactSheet({ facts: given, now: 500, maxTokens, count });
        const holds = holderOf(text);
        expect(listed.filter((one) => !holds(one))).toEqual([]);
      }),
    );
  });

  it('is the same for the same facts in any order', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 100, max: 2000 }), (given, maxTokens) => {
        const write = (some: readonly Fact[]) =>
          writeFactSheet({ facts: some, now: 500, maxTokens, count })
            .listed.map(({ text }) => text)
            .toSorted();
        expect(write(given.toReversed())).toEqual(write(given));
      }),
    );
  });

  it('leaves nothing out where there is room for all', () => {
    const given = [
      fact('ask', 'Ship it on Friday.'),
      fact('path', 'src/a.ts', { how: 're' }),
      fact('id', '#12'),
    ];
    const { listed, text } = writeFactSheet({ facts: given, now: 1, maxTokens: 400, count });
    expect(listed).toHaveLength(3);
    expect(text).toContain('src/a.ts(re)');
    expect(text).toContain('- Ship it on Friday.');
  });

  it('lists what the agent changed before what a tool once printed', () => {
    const given = [
      ...Array.from({ length: 300 }, (_, index) => fact('path', `listed/file_${index}.ts`, { by: 'tool' })),
      fact('path', 'src/changed.ts', { how: 'e' }),
    ];
    const { listed } = writeFactSheet({ facts: given, now: 10, maxTokens: 200, count });
    expect(listed[0]?.text).toBe('src/changed.ts');
    expect(listed.length).toBeLessThan(300);
  });
});
