import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageTokens } from './image-tokens.ts';
import { mediaTokens } from './media-tokens.ts';

const size = (text: string) => {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
};

// The providers' own examples, and figures that users measured where those are not what is billed.
test.each([
  ['gpt-4o', '1024x1024', 'high', 765],
  ['gpt-4o', '2048x4096', 'high', 1105],
  ['gpt-4o', '4096x8192', 'low', 85],
  ['gpt-4o-mini', '512x512', 'high', 2833 + 5667],
  ['gpt-4.1', '1024x1024', undefined, 765],
  ['openai/gpt-5', '1024x1024', 'high', 70 + 4 * 140],
  ['o3', '1024x1024', 'high', 75 + 4 * 150],
  ['gpt-4.1-mini', '1024x1024', 'high', Math.ceil(1024 * 1.62)],
  ['gpt-4.1-mini', '1800x2400', 'high', Math.ceil(1452 * 1.62)],
  ['gpt-5-mini', '1600x1600', 'high', Math.ceil(1521 * 1.2)],
  ['gpt-5.4', '1600x1600', 'high', 3000],
  ['gpt-5.5', '2560x1440', undefined, 4320],
  ['gpt-6-astra', '4032x3024', undefined, 14_364],
  ['gpt-6-astra', '256x256', undefined, 77],
  ['claude-sonnet-4-5', '200x200', undefined, 64],
  ['claude-sonnet-4-5', '1000x1000', undefined, 1296],
  ['claude-sonnet-4-5', '1920x1080', undefined, 1560],
  ['claude-opus-4-7', '1920x1080', undefined, 2691],
  ['anthropic.claude-opus-5-5-v1:0', '1024x1024', undefined, 1369],
  ['gemini-2.5-pro', '300x300', undefined, 258],
  ['gemini-2.5-pro', '1024x1024', undefined, 4 * 258],
  ['gemini-3-pro', '4032x3024', undefined, 1120],
  ['qwen3-vl', '1024x1024', 'high', 1369],
])('%s counts a picture of %s, %s, as %i tokens', (model, pixels, detail, tokens) => {
  expect(imageTokens(model).tokens(size(pixels), detail)).toBe(tokens);
  expect(imageTokens(model).source).not.toBe('');
});

const anyModel = fc.constantFrom(
  'gpt-4o',
  'gpt-5.4',
  'gpt-6',
  'claude-opus-4-8',
  'claude-3-haiku',
  'gemini-2',
  'x',
);

test('every picture weighs something, and at most what a provider takes', () => {
  fc.assert(
    fc.property(
      anyModel,
      fc.integer({ min: 1, max: 9000 }),
      fc.integer({ min: 1, max: 9000 }),
      (model, width, height) => {
        const tokens = mediaTokens(model)({ kind: 'image', width, height });
        expect(tokens).toBeGreaterThan(0);
        expect(tokens).toBeLessThan(100_000);
      },
    ),
  );
});

test('a picture of an unknown size is taken for one of 1024 pixels, and other media by their bytes', () => {
  const tokensOf = mediaTokens('gpt-4o');
  expect(tokensOf({ kind: 'image' })).toBe(765);
  expect(tokensOf({ kind: 'file', mediaType: 'text/csv', byteCount: 4000 })).toBe(1000);
  expect(tokensOf({ kind: 'file', mediaType: 'application/pdf', byteCount: 600_000 })).toBe(30_000);
  expect(tokensOf({ kind: 'file' })).toBe(9000);
  expect(tokensOf({ kind: 'audio', mediaType: 'wav', byteCount: 480_000 })).toBe(250);
  expect(tokensOf({ kind: 'video' })).toBeGreaterThan(0);
});
