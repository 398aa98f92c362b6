import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mention } from './fact.ts';
import { scanWords } from './scan-words.ts';

function scan(text: string): readonly string[] {
  const found: Mention[] = [];
  scanWords(text, new Map(), (mention) => found.push(mention));
  return found.map(({ kind, text: word }) => `${kind} ${word}`);
}

describe('the words of a text', () => {
  it.each([
    ['see packages/core/src/a.ts:12, and ./b/c.py.', ['path packages/core/src/a.ts', 'path ./b/c.py']],
    ['(README.md) `~/.pi/agent/models.json`', ['path README.md', 'path ~/.pi/agent/models.json']],
    ['from "../utils/foo.js" and /usr/local/bin', ['path ../utils/foo.js', 'path /usr/local/bin']],
    ['<https://a.example/x?y=1#z>, next', ['url https://a.example/x?y=1#z']],
    ['this.tui.requestRender(my_value)', ['identifier requestRender', 'identifier my_value']],
    [
      'MAX_RETRIES $store @scope/package',
      ['identifier MAX_RETRIES', 'identifier $store', 'identifier @scope/package'],
    ],
    ['fixes #123 in 4f2a9c1 (v1.2.3)', ['id #123', 'id 4f2a9c1', 'id v1.2.3']],
    ['run 123e4567-e89b-12d3-a456-426614174000', ['id 123e4567-e89b-12d3-a456-426614174000']],
    ['claude-sonnet-4-5 for PROJ-17', ['id claude-sonnet-4-5', 'id PROJ-17']],
    ['"a\\nimport fooBar"', ['identifier fooBar']],
  ])('are found in %s', (text, expected) => {
    expect(scan(text)).toEqual(expected);
  });

  it.each([
    'Plain prose and/or words, read/write, 3/4 of them; e.g. this one.',
    '</div> <body> 12/05/2024 console.log(x) a.b Date.diff',
    'Session.load/1',
    // In two pieces, so that no scanner takes them for keys.
    ['key sk', '-abcdefgh12345678ABCDEFGH and eyJ', 'hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'].join(''),
    ['AKIA', 'IOSFODNN7EXAMPLE ', 'aB3'.repeat(12)].join(''),
  ])('are none in %s', (text) => {
    expect(scan(text)).toEqual([]);
  });

  it('are word for word in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        for (const found of scan(text)) expect(text).toContain(found.slice(found.indexOf(' ') + 1));
      }),
    );
  });

  it.each([
    ['one letter', 'a'.repeat(1_000_000)],
    ['slashes', '/'.repeat(1_000_000)],
    ['dots', 'a.'.repeat(500_000)],
    ['a path without an end', 'a/b'.repeat(333_333)],
    ['hyphens', 'a-1'.repeat(333_333)],
    ['a URL without an end', `https://${'a/?'.repeat(333_333)}`],
    ['schemes', 'https://'.repeat(125_000)],
    ['base64', 'aGVsbG8gd29ybGQ+/'.repeat(58_000)],
  ])('are pieces of bounded length in a megabyte of %s', (_, text) => {
    let pieces = 0;
    const lengths = new Map<string, readonly Mention[]>();
    scanWords(text, lengths, () => (pieces += 1));
    // Every piece is classified once, and no piece is longer than the pattern allows: linear in the text.
    expect(Math.max(0, ...[...lengths.keys()].map(({ length }) => length))).toBeLessThanOrEqual(410);
    expect(pieces).toBeLessThanOrEqual(text.length / 2);
  });
});
