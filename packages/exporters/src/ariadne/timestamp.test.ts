import type { HrTime } from '@opentelemetry/api';
import { hrTimeToTimeStamp } from '@opentelemetry/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventTimes, timestampOf } from './timestamp.ts';

const times: fc.Arbitrary<HrTime> = fc.tuple(
  fc.integer({ min: 0, max: 253_402_300_799 }),
  fc.integer({ min: 0, max: 999_999_999 }),
);

describe('times as Ariadne takes them', () => {
  test('are written as OpenTelemetry writes them', () => {
    fc.assert(
      fc.property(times, (time) => {
        expect(timestampOf(time)).toBe(hrTimeToTimeStamp(time));
      }),
    );
  });

  test('end when they start where a clock ran backwards', () => {
    fc.assert(
      fc.property(times, times, (start, end) => {
        const { started_at, ended_at } = eventTimes(start, end);
        expect(started_at).toBe(timestampOf(start));
        // Equal in length and form, so that the order of the texts is that of the times.
        expect(ended_at).toBe([started_at, timestampOf(end)].toSorted()[1]);
      }),
    );
  });
});
