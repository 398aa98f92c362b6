import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CompactPolicy } from '../policy.ts';
import { anyPolicy } from './any-policy.fixture.ts';

/** What runs in the background has laws of its own: ahead/ahead.property.test.ts. */
const elsewhere: ReadonlySet<string> = new Set(['prepareAheadPct']);

test('the generator of policies writes every field that a policy has', () => {
  const written = new Set(fc.sample(anyPolicy, { numRuns: 300, seed: 1 }).flatMap(Object.keys));
  const fields = Object.keys(CompactPolicy.shape).filter((field) => !elsewhere.has(field));
  expect([...written].toSorted()).toEqual(fields.toSorted());
});
