import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FatePart, Part } from './fate-parts.ts';
import { ribbonLayout, type Piece } from './ribbon-layout.ts';

const order: readonly Part[] = [
  'fixed',
  'kept',
  'protected',
  'trimmed',
  'cleared',
  'summarized',
  'dropped',
  'inserted',
  'unaccounted',
];
const leaving = new Set<Part>(['summarized', 'dropped']);
const shrinking = new Set<Part>(['trimmed', 'cleared']);

/** Parts as a record tells them; what is trimmed or cleared may be known in sum only. */
const cutParts = fc
  .record({
    sizes: fc.array(fc.nat(90_000), { minLength: order.length, maxLength: order.length }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    isListed: fc.boolean(),
  })
  .map(({ sizes, share, isListed }) => {
    const told = order.map((part, at): FatePart & { readonly after: number } => {
      const size = sizes[at] ?? 0;
      if (part === 'inserted') return { part, items: 1, before: 0, after: size };
      if (leaving.has(part)) return { part, items: 1, before: size, after: 0 };
      return { part, items: 1, before: size, after: shrinking.has(part) ? Math.floor(size * share) : size };
    });
    const parts = told.filter(({ before, after }) => before + after > 0);
    const stayed = parts
      .filter(({ part }) => !['fixed', 'inserted', 'unaccounted'].includes(part))
      .reduce((sum, { after }) => sum + after, 0);
    const shown: readonly FatePart[] = parts.map((part) =>
      isListed || !shrinking.has(part.part) ? part : { ...part, after: undefined },
    );
    return { parts, shown, stayed };
  });

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);

describe('the ribbons of a cut', () => {
  it('are as wide as the tokens of their parts, at both ends, also where only a sum is known', () => {
    fc.assert(
      fc.property(cutParts, ({ parts, shown, stayed }) => {
        const layout = ribbonLayout(shown, stayed);
        for (const { part, before } of parts) {
          const piece = layout.before.find(({ parts: [name] }) => name === part);
          expect(piece?.tokens ?? 0).toBe(before);
        }
        expect(layout.beforeTokens).toBe(total(parts.map(({ before }) => before)));
        expect(layout.afterTokens).toBe(total(parts.map(({ after }) => after)));
      }),
    );
  });

  it('never lie over one another, and never cross', () => {
    fc.assert(
      fc.property(cutParts, ({ shown, stayed }) => {
        const { before, after, ribbons } = ribbonLayout(shown, stayed);
        for (const bar of [before, after]) {
          expect(bar.map(({ from }) => from)).toEqual(
            bar.map((_, at) => total(bar.slice(0, at).map(tokensOf))),
          );
        }
        const through = ribbons.filter(({ from, to }) => from !== undefined && to !== undefined);
        const ends = through.map(({ to }) => to?.from ?? 0);
        expect(ends).toEqual(ends.toSorted((a, b) => a - b));
      }),
    );
  });

  it('lead what was summarised into its summary, and what was dropped nowhere', () => {
    const parts: readonly FatePart[] = [
      { part: 'kept', items: 1, before: 10, after: 10 },
      { part: 'summarized', items: 9, before: 90, after: 0 },
      { part: 'dropped', items: 1, before: 5, after: 0 },
      { part: 'inserted', items: 1, before: 0, after: 4 },
    ];
    const ends = ribbonLayout(parts, 10).ribbons.map(({ part, to }) => [part, to?.parts[0]]);
    expect(ends).toEqual([
      ['kept', 'kept'],
      ['summarized', 'inserted'],
      ['dropped', undefined],
    ]);
  });

  it('bring in from nowhere what was put back', () => {
    const parts: readonly FatePart[] = [{ part: 'inserted', items: 2, before: 0, after: 400 }];
    expect(ribbonLayout(parts, 0).ribbons).toMatchObject([
      { part: 'inserted', from: undefined, to: { tokens: 400 } },
    ]);
  });
});

function tokensOf({ tokens }: Piece): number {
  return tokens;
}
