import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryNamedRecord, recordNames } from './arbitrary-record.fixture.ts';
import { toAttributes } from './attributes.ts';
import { fromAttributes } from './from-attributes.ts';
import { examples } from './example-records.fixture.ts';
import type { RecordName, RecordOf } from './records.ts';

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
const isAttributeValue = (value: unknown) =>
  isScalar(value) ||
  (Array.isArray(value) && value.every((item) => isScalar(item) && typeof item === typeof value[0]));

describe('the attributes of a record', () => {
  it('decode to the record that they were made of', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord, ({ name, record }) => {
        expect(fromAttributes(name, toAttributes(name, record))).toEqual({ ok: true, record, issues: [] });
      }),
    );
  });

  it('are scalars and lists of one kind of scalar, all below compact.', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord, ({ name, record }) => {
        for (const [key, value] of Object.entries(toAttributes(name, record))) {
          expect(key).toMatch(/^compact\../su);
          expect(value).toSatisfy(isAttributeValue);
        }
      }),
    );
  });

  it('survive a store that keeps everything as text', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord, ({ name, record: any }) => {
        // What the loose policy holds beyond its known fields has no type that could be found again.
        const record = withoutLooseFields(any);
        const attributes = Object.entries(toAttributes(name, record));
        const texts = Object.fromEntries(attributes.map(([key, value]) => [key, asText(value)]));
        expect(fromAttributes(name, texts)).toEqual({ ok: true, record, issues: [] });
      }),
    );
  });

  it('stay below the 128 that an SDK keeps, however full the record', () => {
    // A run's span has five keys of gen_ai besides, and no run has all of these: leave ten free.
    for (const name of recordNames)
      expect(Object.keys(toAttributes(name, examples[name])).length).toBeLessThan(116);
  });

  it('leave out what is undefined', () => {
    const attributes = toAttributes('compact.error', { ...examples['compact.error'], attempt: undefined });
    expect(attributes).not.toHaveProperty(['compact.attempt']);
  });

  it('hold no field that the schema does not know', () => {
    const record = { ...examples['compact.archival'], prompt: 'slipped in' };
    expect(JSON.stringify(toAttributes('compact.archival', record))).not.toContain('slipped in');
  });

  it('keep an empty ledger as text, so that its key never changes its type', () => {
    const attributes = toAttributes('compact.run', { ...examples['compact.run'], ledger: [] });
    expect(attributes['compact.ledger']).toBe('[]');
  });

  it('write what OTel cannot hold as JSON text, and leave out what is no value', () => {
    const policy = {
      ...examples['compact.trigger_decision'].policy,
      mixed: [1, 'a'],
      nothing: null,
      wild: NaN,
    };
    const attributes = toAttributes('compact.trigger_decision', {
      ...examples['compact.trigger_decision'],
      policy,
    });
    expect(attributes['compact.policy.mixed']).toBe('[1,"a"]');
    expect(attributes).not.toHaveProperty(['compact.policy.nothing']);
    expect(attributes).not.toHaveProperty(['compact.policy.wild']);
  });
});

describe('fromAttributes', () => {
  const attributes = toAttributes('compact.run', examples['compact.run']);

  it('reads int64 as bigint, as digits and as numbers', () => {
    const read = (value: unknown) =>
      fromAttributes('compact.archival', { ...archival, 'compact.call_index': value });
    const archival = toAttributes('compact.archival', examples['compact.archival']);
    for (const value of [12n, '12', ' 12 ', 12])
      expect(read(value)).toMatchObject({ record: { call_index: 12 } });
    for (const value of ['', 'twelve', '-3', true]) expect(read(value)).toMatchObject({ ok: false });
  });

  it('ignores keys that it does not know, other prefixes, and categories of a later version', () => {
    const more = {
      ...attributes,
      'gen_ai.operation.name': 'compact',
      'compact.new.field': 1,
      'compact.before.x': 2,
    };
    expect(fromAttributes('compact.run', more)).toEqual({
      ok: true,
      record: examples['compact.run'],
      issues: [],
    });
  });

  it('leaves out an optional field that cannot be read, and says so', () => {
    const cut = {
      ...attributes,
      'compact.ledger': '[{"id":"a1","role":"to',
      'compact.summary.version': 'three',
    };
    const { ledger: _ledger, summary: _summary, ...rest } = examples['compact.run'];
    const decoded = fromAttributes('compact.run', cut);
    expect(decoded).toMatchObject({ ok: true, record: rest });
    expect(decoded.ok && [decoded.record.ledger, decoded.record.summary]).toEqual([undefined, undefined]);
    expect(decoded.issues.map(({ path }) => path)).toEqual(['summary.version', 'ledger']);
  });

  it('names each required field that is missing', () => {
    const { 'compact.id': _id, 'compact.window.limit': _limit, ...rest } = attributes;
    const decoded = fromAttributes('compact.run', rest);
    expect(decoded.ok).toBe(false);
    expect(decoded.issues.map(({ path }) => path)).toEqual(['id', 'window.limit']);
  });

  it('lets the branch win where a key is both a value and a branch, and changes nothing that it was given', () => {
    const given = Object.freeze({ 'compact.window': Object.freeze({ limit: 7 }), ...attributes });
    const last = { ...attributes, 'compact.window': 'a leaf' };
    for (const each of [given, last]) {
      expect(fromAttributes('compact.run', each)).toMatchObject({
        ok: true,
        record: examples['compact.run'],
      });
    }
  });

  it('is not led to a prototype by a key', () => {
    fromAttributes('compact.run', {
      'compact.__proto__.polluted': true,
      'compact.constructor.prototype.p': 1,
    });
    expect({}).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('p');
  });

  it('never throws, whatever comes', () => {
    const key = fc.constantFrom(
      ...Object.keys(attributes),
      'compact.',
      'compact..a',
      'compact.ledger.0',
      'x',
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.anything({ withBigInt: true })), (any) => {
        expect(typeof fromAttributes('compact.run', { ...attributes, ...any }).ok).toBe('boolean');
      }),
    );
  });
});

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function withoutLooseFields<TRecord extends RecordOf<RecordName>>(record: TRecord): TRecord {
  if (!('policy' in record)) return record;
  const { trigger_pct, hard_cap_buffer, strategy } = record.policy;
  return { ...record, policy: { trigger_pct, hard_cap_buffer, strategy } };
}
