import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryNamedRecord } from './arbitrary-record.fixture.ts';
import { toAriadneData } from './ariadne-data.ts';
import { fromAriadneData } from './from-ariadne-data.ts';
import { toAttributes } from './attributes.ts';
import { decode } from './decode.ts';
import { examples } from './example-records.fixture.ts';

describe('the Ariadne data of a record', () => {
  it('decode to the record that they were made of, also after JSON', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord, ({ name, record }) => {
        const data = toAriadneData(name, record);
        const received: unknown = JSON.parse(JSON.stringify(data));
        expect(fromAriadneData(name, data)).toEqual({ ok: true, record, issues: [] });
        expect(fromAriadneData(name, received)).toEqual({ ok: true, record, issues: [] });
      }),
    );
  });

  it('carry one sentence for the stock inspector', () => {
    const { output_text } = toAriadneData('compact.run', examples['compact.run']);
    expect(output_text).toBe(
      'Compacted 112k to 44k tokens (-61 %): 47 items summarised, 6 dropped, 5 cleared; summary v3 of 812 tokens; 97 % of the facts kept.',
    );
  });

  it('are refused where they are no record', () => {
    for (const data of [undefined, null, 7, 'text', [], {}]) {
      expect(fromAriadneData('compact.error', data).ok).toBe(false);
    }
  });

  it('may write null for a field that is absent', () => {
    const decoded = fromAriadneData('compact.error', { ...examples['compact.error'], attempt: null });
    expect(decoded).toMatchObject({ ok: true, issues: [] });
  });
});

describe('decode', () => {
  it('finds out by itself which form came', () => {
    fc.assert(
      fc.property(arbitraryNamedRecord, ({ name, record }) => {
        const forms = [
          toAttributes(name, record),
          toAriadneData(name, record),
          { compact: record, gen_ai: {} },
        ];
        for (const form of forms) expect(decode(name, form)).toEqual({ ok: true, record, issues: [] });
      }),
    );
  });

  it('refuses what is neither', () => {
    for (const data of [undefined, 'compact.', { compact: 'no' }])
      expect(decode('compact.run', data).ok).toBe(false);
  });
});
