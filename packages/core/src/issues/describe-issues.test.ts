import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CompactPolicy } from '../policy.ts';
import { describeIssues } from './describe-issues.ts';
import { nearestName } from './nearest-name.ts';

const schema = z.strictObject({
  policy: z
    .strictObject({
      trigger_pct: z.number().gt(0).max(1).default(0.85),
      keep_recent_turns: z.number().int().positive(),
      buffer: z.number().int().nonnegative(),
      strategy: z.enum(['brief', 'task_state']),
      ladder: z.array(z.enum(['clear', 'trim'])).min(1),
    })
    .partial(),
  url: z.union([z.url(), z.array(z.url()).min(1)]).optional(),
  name: z.string().min(1).optional(),
  spool: z.boolean().optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/u, 'Expected a currency by its three letters, as USD')
    .optional(),
  prices: z.record(z.string(), z.strictObject({ input: z.number().nonnegative() })).optional(),
});

function said(value: unknown): readonly string[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : describeIssues(schema, parsed.error.issues, value);
}

describe('what is wrong', () => {
  it.each([
    [{ policy: { trigger_pct: 8.5 } }, 'policy.trigger_pct must be between 0 and 1, got 8.5'],
    [{ policy: { trigger_pct: 0 } }, 'policy.trigger_pct must be between 0 and 1, above 0, got 0'],
    [{ policy: { trigger_pct: '85%' } }, "policy.trigger_pct must be between 0 and 1, got '85%'"],
    [
      { policy: { keep_recent_turns: 1.5 } },
      'policy.keep_recent_turns must be a whole number of at least 1, got 1.5',
    ],
    [{ policy: { buffer: -1 } }, 'policy.buffer must be a whole number of at least 0, got -1'],
    [{ policy: { strategy: 'breif' } }, "policy.strategy must be one of brief, task_state, got 'breif'"],
    [{ policy: { ladder: ['clear', 'trimm'] } }, "policy.ladder.1 must be one of clear, trim, got 'trimm'"],
    [
      { policy: { ladder: [] } },
      'policy.ladder must be a list that is not empty, each one of clear, trim, got []',
    ],
    [{ policy: { triger_pct: 0.5 } }, 'policy.triger_pct is not known. Did you mean trigger_pct?'],
    [{ policy: { triggerPct: 0.5 } }, 'policy.triggerPct is not known. Did you mean trigger_pct?'],
    [{ policy: { trigger: 0.5 } }, 'policy.trigger is not known. Did you mean trigger_pct?'],
    [{ policy: {}, zebra: 1 }, 'zebra is not known. Known are policy, url, name, spool, currency, prices.'],
    [{ policy: 3 }, 'policy must be a mapping of fields, got 3'],
    [{}, 'policy must be a mapping of fields, got nothing'],
    [{ policy: {}, name: '' }, "name must be a text that is not empty, got ''"],
    [{ policy: {}, spool: 'yes' }, "spool must be true or false, got 'yes'"],
    [
      { policy: {}, currency: 'dollars' },
      "currency: Expected a currency by its three letters, as USD, got 'dollars'",
    ],
    [{ policy: {}, prices: { m: { input: -1 } } }, 'prices.m.input must be a number of at least 0, got -1'],
    [{ policy: {}, prices: { m: { output: 1 } } }, 'prices.m.output is not known. Known are input.'],
  ])('in %j is told in a sentence', (value, sentence) => {
    expect(said(value)).toContain(sentence);
  });

  it('is told of every field at once, and never throws, whatever came', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (policy, url) => {
        const value = { policy, url, other: 1 };
        expect(said(value)).toContain(
          'other is not known. Known are policy, url, name, spool, currency, prices.',
        );
      }),
    );
  });

  it('has words for every field of the policy', () => {
    const wrong = Object.fromEntries(Object.keys(CompactPolicy.shape).map((name) => [name, { not: 'this' }]));
    const parsed = CompactPolicy.safeParse(wrong);
    const sentences = describeIssues(CompactPolicy, parsed.error?.issues ?? [], wrong);
    expect(sentences).toHaveLength(Object.keys(wrong).length);
    for (const sentence of sentences) expect(sentence).toMatch(/^\w+ must be .*, got \{"not":"this"\}$/u);
  });
});

describe('the nearest name', () => {
  it('is the name itself with one letter left out, put in, changed or swapped', () => {
    const names = Object.keys(CompactPolicy.shape);
    fc.assert(
      fc.property(
        fc.constantFrom(...names.filter((name) => name.length > 6)),
        fc.nat(),
        fc.nat(3),
        (name, at, how) => {
          const index = at % (name.length - 1);
          const [head, tail] = [name.slice(0, index), name.slice(index)];
          const [first = '', second = ''] = tail;
          const typo = [
            head + tail.slice(1),
            `${head}q${tail}`,
            `${head}q${tail.slice(1)}`,
            head + second + first + tail.slice(2),
          ];
          expect(nearestName(typo[how] ?? '', names)).toBe(name);
        },
      ),
    );
  });

  it('is none where nothing is near', () => {
    expect(nearestName('zebra', ['policy', 'model'])).toBeUndefined();
  });
});
