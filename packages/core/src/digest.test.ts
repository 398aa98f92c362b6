import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestInSteps, digestOf } from './digest.ts';

async function named(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(hash, 0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

it('is the start of the SHA-256 of the text, however long it is and wherever it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('a', 'ä', '漢', '😀', 'a😀', '\ud83d'),
      fc.nat(150_000),
      async (unit, length) => {
        const text = unit.repeat(Math.ceil(length / unit.length));
        expect(digestOf(text)).toBe(await named(text));
      },
    ),
    { numRuns: 30 },
  );
});

it('stops for breath in a long text, and not in a short one', () => {
  expect([...digestInSteps('a'.repeat(1000))]).toHaveLength(0);
  expect([...digestInSteps('a'.repeat(1_000_000))].length).toBeGreaterThan(10);
});
