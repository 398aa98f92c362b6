import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePaths, encodePaths } from './path-list.ts';
import type { ListedPath } from './path-list.ts';
import { filesInSheet } from './read-fact-sheet.ts';

const segment = fc.oneof(
  fc.constantFrom('src', 'packages', 'coding-agent', 'a.ts', 'b.test.ts', '..', '.github', 'node_modules'),
  fc.stringMatching(/^[\w.@-]{1,8}$/u),
  fc.string({ minLength: 1, maxLength: 6 }).filter((text) => !/[/\n\r]/u.test(text)),
);
const path = fc
  .tuple(
    fc.constantFrom('', '/', '~/', './'),
    fc.array(segment, { minLength: 1, maxLength: 6 }),
    fc.constantFrom('', '/'),
  )
  .map(([start, segments, end]) => `${start}${segments.join('/')}${end}`)
  .filter((text) => !text.includes('//') && !/[\u2028\u2029\u0085]/u.test(text));
const listed: fc.Arbitrary<ListedPath> = fc.record({
  text: path,
  how: fc.constantFrom(undefined, 'r', 're', 'rwedx'),
});
const paths = fc.uniqueArray(listed, { selector: ({ text }) => text, maxLength: 40 });
const sorted = (list: readonly ListedPath[]) =>
  list.map(({ text, how }) => `${text} ${how ?? ''}`).toSorted();

describe('a list of paths', () => {
  it('gives back every path exactly, and how it was touched', () => {
    fc.assert(
      fc.property(paths, fc.nat(40), (given, inFull) => {
        expect(sorted(decodePaths(encodePaths(given, inFull)))).toEqual(sorted(given));
      }),
    );
  });

  it('is read back out of a summary, whatever stands around it', () => {
    fc.assert(
      fc.property(
        paths,
        fc.constantFrom('', '### Ids\na1', '</COMPACT-SUMMARY>'),
        fc.nat(9),
        (given, behind, inFull) => {
          const text = ['prose', '### Files', ...encodePaths(given, inFull), behind].join('\n');
          expect(sorted(filesInSheet(text))).toEqual(sorted(given));
        },
      ),
    );
  });

  it('names a folder once, and a folder of folders once', () => {
    const lines = encodePaths(
      ['a.ts', 'b.ts', 'deep/c.ts', 'wide/d.ts', 'e/'].map((name) => ({
        text: `/home/somebody/project/src/${name}`,
        how: name === 'a.ts' ? 're' : undefined,
      })),
    );
    expect(lines).toEqual([
      '/home/somebody/project/:',
      '  src/: a.ts(re) b.ts e/',
      '  src/deep/: c.ts',
      '  src/wide/: d.ts',
    ]);
  });

  it('has the first ones in full, where a search finds them', () => {
    const given = ['src/a.ts', 'src/b c.ts', 'src/d.ts', 'src/e.ts'].map((text) => ({ text, how: 'r' }));
    expect(encodePaths(given, 3)).toEqual(['src/a.ts(r) src/d.ts(r)', 'src/: e.ts(r)', '"src/b c.ts"(r)']);
  });

  it('is shorter than its paths', () => {
    const given = Array.from({ length: 40 }, (_, index) => ({
      text: `packages/coding-agent/src/${index % 4 === 0 ? 'tui' : 'core'}/file-${index}.ts`,
    }));
    const length = encodePaths(given).join('\n').length;
    expect(length).toBeLessThan(given.map(({ text }) => text).join('\n').length / 2);
  });
});
