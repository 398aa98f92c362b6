import { describe, expect, test } from 'vitest';
import { CharacterCounter } from './character-counter.ts';
import { TiktokenCounter } from './tiktoken-counter.ts';
import { tokenPrior } from './token-prior.ts';

const counter = new TiktokenCounter();

/**
 * Tokens of each model's own tokeniser for one of o200k_base, as they were measured: what the assistant said, its
 * calls, the results of its tools, and code.
 */
const measured: Readonly<Record<string, readonly number[]>> = {
  'qwen3-coder': [1.03, 1.01, 1.02, 1],
  'deepseek-chat': [1.04, 1.08, 1.06, 1.03],
  'meta-llama/Llama-3.3-70B-Instruct': [1.01, 0.99, 0.99, 1],
  'google/gemma-3-27b-it': [1.09, 1.24, 1.17, 1.16],
  'gemini-3-pro': [1.09, 1.24, 1.17, 1.16],
  'claude-sonnet-4-5': [1.25, 1.3],
  'gpt-oss-120b': [1],
};

describe.each(Object.entries(measured))('the prior of %s', (model, ratios) => {
  test('holds for what was measured, with its uncertainty', () => {
    const { scale, uncertainty, source } = tokenPrior(model, counter);
    for (const ratio of ratios) expect(Math.abs(ratio - scale) / scale).toBeLessThanOrEqual(uncertainty);
    expect(source).not.toBe('');
  });
});

test.each([
  ['claude-opus-4-7', 1.55],
  ['anthropic/claude-opus-4.8', 1.55],
  ['claude-sonnet-5-5', 1.55],
  ['claude-opus-4-20250514', 1.28],
  ['claude-3-5-sonnet-20241022', 1.28],
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 1.28],
])('%s is weighed with %d', (model, scale) => {
  expect(tokenPrior(model, counter).scale).toBe(scale);
});

test('an unknown model is the least certain, and an estimate less than a tokeniser', () => {
  const known = tokenPrior('gpt-5', counter).uncertainty;
  const unknown = tokenPrior('someone-elses-model', counter);
  expect(unknown.scale).toBe(1);
  expect(unknown.uncertainty).toBeGreaterThan(known);
  expect(tokenPrior('gpt-5', new CharacterCounter()).uncertainty).toBeGreaterThan(known);
});

test("a caller's own counter is taken to be made for the model", () => {
  const own = { name: 'mine', basis: 'tokenizer', count: () => 1 } as const;
  expect(tokenPrior('claude-opus-4-8', own)).toMatchObject({ scale: 1, uncertainty: 0.1 });
});
