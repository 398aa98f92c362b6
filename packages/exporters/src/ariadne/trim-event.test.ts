import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeEvent } from './encode-event.ts';
import { SpanEvent } from './ariadne-event.ts';
import { trimEvent } from './trim-event.ts';

const event = (data: Record<string, unknown>): SpanEvent => ({
  type: 'span',
  trace_id: 't',
  span_id: 's',
  data,
});
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('an event that is too large', () => {
  test('loses the tails of its largest texts and says so; small ones stay whole', () => {
    const whole = event({
      output_text: 'a sentence',
      id: 'i'.repeat(200),
      large: 'x'.repeat(5000),
      nested: [{ larger: 'y'.repeat(9000) }],
    });
    const trimmed = trimEvent(whole, 4000);
    expect(trimmed?.data).toMatchObject({
      output_text: 'a sentence',
      id: 'i'.repeat(200),
      'compact.export.truncated': true,
      'compact.export.original_bytes': sizeOf(whole),
    });
    expect(trimmed?.data?.['large']).toMatch(/^x{1600,}… \[\d+ characters cut\]$/);
    expect(JSON.stringify(trimmed?.data?.['nested'])).toMatch(/y{1600,}… \[\d+ characters cut\]/);
    expect(sizeOf(trimmed)).toBeLessThanOrEqual(4000);
  });

  test('tells its first size when it is trimmed once more', () => {
    const once = trimEvent(event({ text: 'x'.repeat(9000) }), 4000);
    const twice = trimEvent(once ?? event({}), 2000);
    expect(twice?.data?.['compact.export.original_bytes']).toBe(sizeOf(event({ text: 'x'.repeat(9000) })));
    expect(sizeOf(twice)).toBeLessThanOrEqual(2000);
  });

  test('is given up where its texts are not what makes it large', () => {
    expect(
      trimEvent(event({ numbers: Array.from({ length: 2000 }, () => 1), text: 'x'.repeat(400) }), 2000),
    ).toBeUndefined();
    expect(encodeEvent({ type: 'trace', trace_id: 't', name: 'x'.repeat(5000) }, 2000)).toBeUndefined();
    expect(encodeEvent({ type: 'span', trace_id: 't'.repeat(3000), span_id: 's' }, 2000)).toBeUndefined();
  });

  test('is within its limit and still an event, whatever characters its texts are made of', () => {
    const piece = fc.constantFrom('x', '"', '\\', '\u0001', 'é', '漢', '😀', '\uD800', '\n');
    const text = fc
      .array(fc.tuple(piece, fc.integer({ min: 1, max: 3000 })), { maxLength: 4 })
      .map((runs) => runs.map(([character, times]) => character.repeat(times)).join(''));
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 2500, max: 8000 }),
        (texts, limit) => {
          const bytes = encodeEvent(event({ texts, first: texts[0] }), limit);
          expect(bytes?.length).toBeLessThanOrEqual(limit);
          expect(SpanEvent.parse(JSON.parse(bytes?.toString() ?? ''))).toMatchObject({ span_id: 's' });
        },
      ),
    );
  });
});
