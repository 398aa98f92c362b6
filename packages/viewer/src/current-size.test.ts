import type { Call } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { currentSize } from './current-size.ts';

const call = (more: Partial<Call>): Call => ({ id: 'r', position: 1, index: 1, state: 'ended', ...more });
const measure = (tokens: number): NonNullable<Call['before']> => ({ tokens, categories: {} });

describe('the current size', () => {
  it('is what the provider reported, as soon as it has', () => {
    const sizes = { before: measure(112_000), after: measure(44_000), basis: 'estimate' } as const;
    expect(currentSize(call(sizes))).toEqual({ tokens: 44_000, basis: 'estimate', isPending: true });
    expect(currentSize(call({ ...sizes, usage: { spanId: 's', inputTokens: 45_100 } }))).toEqual({
      tokens: 45_100,
      basis: 'provider',
      isPending: false,
    });
  });

  it('is pending only where something was cut', () => {
    const same = { before: measure(9_000), after: measure(9_000), basis: 'tokenizer' } as const;
    expect(currentSize(call(same))?.isPending).toBe(false);
    expect(currentSize(call({ before: measure(9_000) }))?.isPending).toBe(false);
  });

  it('is not known where nobody told it, which is not 0', () => {
    expect(currentSize(call({}))).toBeUndefined();
    expect(currentSize(call({ usage: { spanId: 's' } }))).toBeUndefined();
    expect(currentSize(undefined)).toBeUndefined();
  });
});
