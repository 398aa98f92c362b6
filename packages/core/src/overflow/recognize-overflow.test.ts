import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overflowCodes } from './overflow-codes.ts';
import { overflowPatterns } from './overflow-patterns.ts';
import { recognizeOverflow } from './recognize-overflow.ts';
import { otherErrors } from './other-errors.fixture.ts';
import { overflows } from './refusals.fixture.ts';

describe('of what providers really say, it recognises', () => {
  it.each(overflows)('an overflow of $from, with its numbers', ({ error, overflow }) => {
    const { pattern, kind, ...numbers } = recognizeOverflow(error) ?? {};
    const { kind: expected = 'tokens', ...told } = overflow ?? {};
    expect({ kind, ...numbers }).toEqual({ kind: expected, ...told });
    expect(pattern).toBeDefined();
  });

  it.each(otherErrors)('that it is something else: $from', ({ error }) => {
    expect(recognizeOverflow(error)).toBeUndefined();
  });
});

it('has no pattern that no refusal of the corpus needs, and no two of one name', () => {
  const names = overflowPatterns.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const used = new Set(overflows.map(({ error }) => recognizeOverflow(error)?.pattern));
  const unseen = names.filter((name) => !used.has(name));
  expect(unseen).toEqual([]);
});

it('knows a code without any words', () => {
  for (const [code, kind] of Object.entries(overflowCodes)) {
    expect(recognizeOverflow({ error: { code } })).toEqual({ pattern: code, kind });
  }
});

it('never throws and always ends, whatever is thrown at it', () => {
  const cyclic: Record<string, unknown> = { message: 'prompt is too long' };
  cyclic['cause'] = { error: cyclic };
  expect(recognizeOverflow(cyclic)?.pattern).toBe('prompt_too_long');
  const broken = {
    get message(): string {
      throw new Error('no');
    },
    code: 'context_length_exceeded',
  };
  expect(recognizeOverflow(broken)?.pattern).toBe('context_length_exceeded');
  const wrap = (error: unknown, depth: number): unknown =>
    depth === 0 ? error : { cause: wrap(error, depth - 1) };
  expect(recognizeOverflow(wrap('prompt is too long', 6))).toBeDefined();
  expect(recognizeOverflow(wrap('prompt is too long', 1000))).toBeUndefined();
  fc.assert(
    fc.property(fc.anything(), fc.string(), (value, text) => {
      const error = Object.assign(new Error(text), { error: value, cause: value });
      expect(() => recognizeOverflow(error)).not.toThrow();
    }),
  );
});

it('reads the ends of an error that quotes the whole prompt', () => {
  const quoted = `400 prompt is too long: 201130 tokens > 200000 maximum: ${'1'.repeat(3_000_000)}`;
  expect(recognizeOverflow(new Error(quoted))).toMatchObject({ limitTokens: 200_000, promptTokens: 201_130 });
});
