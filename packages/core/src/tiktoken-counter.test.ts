import { Tiktoken, getEncodingNameForModel } from 'js-tiktoken/lite';
import type { TiktokenModel } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CompactError } from './errors.ts';
import { TiktokenCounter } from './tiktoken-counter.ts';
import type { TiktokenCounterOptions } from './tiktoken-counter.ts';

const oracles = { o200k_base: new Tiktoken(o200k), cl100k_base: new Tiktoken(cl100k) };

const words = fc.constantFrom(
  'the',
  'Compaction',
  'HTTP',
  "it's",
  "WE'LL",
  'naïve',
  '漢字かな交じり',
  '서버',
  'привет',
  'مرحبا',
  'नमस्ते',
  '😀',
  '👩‍💻',
  '🇩🇪',
  '3.14159',
  '2025-01-31',
  '0xdeadbeef',
  'src/engine.ts',
  'https://example.org/a?b=c&d=%20',
  '{"id":"call_1"}',
  '```ts\n',
  '=> {',
  '//',
  '---',
  '#',
  '\n',
  '\r\n',
  '\n\n\n',
  '\t',
  '    ',
  '   \n  ',
  '\u00a0',
  '\u0301',
  '\ud83d',
  '\udc00',
  '<|endoftext|>',
  '<|fim_prefix|>',
  '<|endofprompt|>',
);
const prose = fc.array(fc.oneof(words, fc.string(), fc.string({ unit: 'binary' })), { maxLength: 60 });
const separators = fc.constantFrom('', ' ', '\n');

describe.each(['o200k_base', 'cl100k_base'] as const)('with %s', (encoding) => {
  const counter = new TiktokenCounter({ encoding });
  const encode = (text: string) => oracles[encoding].encode(text, [], []).length;

  test('counts what js-tiktoken encodes', () => {
    fc.assert(
      fc.property(prose, separators, (parts, separator) => {
        const text = parts.join(separator);
        expect(counter.count(text)).toBe(encode(text));
      }),
      { numRuns: 300 },
    );
  });

  test('counts the same whatever it counted before', () => {
    fc.assert(
      fc.property(prose, prose, (first, second) => {
        const text = second.join(' ');
        const before = counter.count(text);
        counter.count(first.join(' '));
        expect(counter.count(text)).toBe(before);
      }),
    );
  });

  test.each([
    ['one letter', 'a'.repeat(1500)],
    ['two letters', 'aB'.repeat(750)],
    ['one emoji', '😀'.repeat(300)],
    ['blanks before a word', `${' '.repeat(1500)}x`],
    ['line ends', '\n'.repeat(1500)],
    ['a rule', '='.repeat(1500)],
    ['digits', '7'.repeat(1500)],
    ['halves of surrogate pairs', '\ud83d'.repeat(400)],
    ['combining marks', `a${'\u0301'.repeat(700)}`],
    ['letters without blanks', scramble(1500, 'abcdefghijklmnopqrstuvwxyz')],
    ['base64', scramble(3000, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')],
  ])('is within two percent of js-tiktoken on a long run of %s', (_what, text) => {
    const expected = encode(text);
    expect(Math.abs(counter.count(text) - expected)).toBeLessThanOrEqual(0.02 * expected);
  });

  // js-tiktoken itself would need hours for each: that the test ends is what it shows.
  test.each([
    ['one letter', 'a'.repeat(1_000_000), 125_000],
    ['one emoji', '😀'.repeat(500_000), encoding === 'o200k_base' ? 500_000 : 1_000_000],
    ['halves of surrogate pairs', '\ud83d'.repeat(300_000), undefined],
    ['letters without blanks', scramble(1_000_000, 'abcdefghijklmnopqrstuvwxyz'), undefined],
  ])('counts a million units of %s', (_what, text, expected) => {
    const tokens = counter.count(text);
    expect(tokens).toBeGreaterThan(0);
    expect(tokens).toBeLessThan(3 * text.length);
    if (expected !== undefined) expect(tokens / expected).toBeCloseTo(1, 2);
  });
});

test('takes what looks like a special token for plain text', () => {
  expect(new TiktokenCounter().count('<|endoftext|>')).toBeGreaterThan(1);
});

test('names its encoding and its basis', () => {
  expect(new TiktokenCounter()).toMatchObject({ name: 'tiktoken:o200k_base', basis: 'tokenizer' });
  expect(new TiktokenCounter({ encoding: 'cl100k_base' }).name).toBe('tiktoken:cl100k_base');
});

test.each<TiktokenModel>([
  'gpt-4',
  'gpt-4-32k',
  'gpt-4-turbo',
  'gpt-4-0125-preview',
  'gpt-3.5-turbo-16k',
  'gpt-35-turbo',
  'text-embedding-ada-002',
  'text-embedding-3-large',
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-4.1-nano',
  'gpt-4.5-preview',
  'gpt-5',
  'gpt-5-mini',
  'o1',
  'o3-mini',
  'chatgpt-4o-latest',
])('knows the encoding of %s as js-tiktoken does', (model) => {
  expect(TiktokenCounter.forModel(model).name).toBe(`tiktoken:${getEncodingNameForModel(model)}`);
});

test.each([
  ['ft:gpt-3.5-turbo-0125:acme::9x', 'cl100k_base'],
  ['openai/gpt-4-turbo', 'cl100k_base'],
  ['azure/gpt-4o', 'o200k_base'],
  ['gpt-5.2', 'o200k_base'],
  ['claude-sonnet-4-5', 'o200k_base'],
  ['', 'o200k_base'],
])('takes the model %j to use %s', (model, encoding) => {
  expect(TiktokenCounter.forModel(model).name).toBe(`tiktoken:${encoding}`);
});

test('refuses an encoding that it does not have', () => {
  const options: unknown = { encoding: 'p50k_base' };
  const create = () => new TiktokenCounter(options as TiktokenCounterOptions);
  expect(create).toThrow(CompactError);
  expect(create).toThrow(/o200k_base, cl100k_base, got p50k_base/);
});

/** Looks random and is the same each time. */
function scramble(length: number, alphabet: string): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[Math.floor((state / 2 ** 32) * alphabet.length)];
  }).join('');
}
