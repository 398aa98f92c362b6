import type { Call } from '@clew/trace-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { cacheStretches } from './cache-stretches.ts';

const [example] = recordedSession({ calls: 1 }).calls;
if (example === undefined) throw new Error('The recorded session has no call.');

const cache = fc.option(
  fc.record({
    state: fc.constantFrom('warm', 'cold', 'unknown'),
    reason: fc.constantFrom('read', 'idle'),
    epoch: fc.integer({ min: 1, max: 3 }),
    prefix_tokens: fc.nat(1_000),
    rewritten_tokens: fc.nat(1_000),
  }),
  { nil: undefined },
);

describe('the stretches of a cache', () => {
  it('hold every call in just one, in order, and lose no rewritten token', () => {
    fc.assert(
      fc.property(fc.array(cache), (caches) => {
        const calls = caches.map((of, at): Call => {
          const call = { ...example, position: at + 1 };
          return of === undefined ? call : { ...call, cache: of };
        });
        const stretches = cacheStretches(calls);
        expect(
          stretches.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
        ).toEqual(calls.map((call) => call.position));
        for (const stretch of stretches) {
          for (const call of calls.slice(stretch.from - 1, stretch.to)) {
            expect(call.cache?.state).toBe(stretch.cache?.state);
            expect(call.cache?.epoch).toBe(stretch.cache?.epoch);
          }
        }
        const sum = (sizes: readonly (number | undefined)[]): number =>
          sizes.reduce<number>((total, size) => total + (size ?? 0), 0);
        expect(sum(stretches.map((stretch) => stretch.rewrittenTokens))).toBe(
          sum(calls.map((call) => call.cache?.rewritten_tokens)),
        );
        for (const [at, next] of stretches.slice(1).entries()) {
          const before = stretches[at];
          const key = ({ cache: of }: typeof next): string =>
            of === undefined ? '' : `${of.state} ${of.reason} ${of.epoch}`;
          expect(before === undefined ? '' : key(before)).not.toBe(key(next));
        }
      }),
    );
  });
});
