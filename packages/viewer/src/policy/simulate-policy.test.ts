import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { recordingOf, type RecordedCall, type Recording } from './recorded-calls.ts';
import { asRecorded, simulatePolicy, triggerTokens, type Settings } from './simulate-policy.ts';

const window = { limit: 100_000, reserve: 2_000, floor: 5_000 };

/** A context that grows, and was sometimes cut. */
const recordings = fc
  .record({
    growths: fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 }),
    landing: fc.double({ min: 0.3, max: 1.2, noNaN: true }),
    summary: fc.nat(2_000),
  })
  .map(({ growths, landing, summary }): Recording => {
    let after = 6_000;
    const calls = growths.map((growth, at): RecordedCall => {
      const before = after + growth;
      after = before > 85_000 ? 40_000 : before;
      return { ...window, position: at + 1, before, after };
    });
    return { calls, landing, landings: 1, summary, left: 0 };
  });
const anySettings: fc.Arbitrary<Settings> = fc.record({
  triggerPct: fc.double({ min: 0.2, max: 1, noNaN: true }),
  targetPct: fc.double({ min: 0.05, max: 1, noNaN: true }),
  keepTokens: fc.nat(50_000),
});

describe('a simulated policy', () => {
  it('lets the context grow between calls by what it grew by, and never below what may not leave', () => {
    fc.assert(
      fc.property(recordings, anySettings, (recording, settings) => {
        const { calls } = simulatePolicy(recording, settings);
        let [was, is] = [0, 0];
        for (const [at, call] of calls.entries()) {
          const recorded = recording.calls[at];
          expect(call.before).toBe(Math.max(window.floor, is + (recorded?.before ?? 0) - was));
          expect(call.after).toBeGreaterThanOrEqual(Math.min(call.before, window.floor));
          expect(call.after).toBeLessThanOrEqual(call.before);
          [was, is] = [recorded?.after ?? 0, call.after];
        }
      }),
    );
  });

  it('cuts where the trigger is reached and there is something to gain, and nowhere else', () => {
    fc.assert(
      fc.property(recordings, anySettings, (recording, settings) => {
        const simulation = simulatePolicy(recording, settings);
        const due = simulation.calls.filter(
          ({ before }, at) => before >= triggerTokens(recording.calls[at] ?? neverCall(), settings),
        );
        expect(simulation.cuts + simulation.futile).toBe(due.length);
        for (const { before, after, isCut } of simulation.calls) expect(isCut).toBe(after < before);
      }),
    );
  });

  it('is the record itself where nothing was cut and nothing is due', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(900), { minLength: 1, maxLength: 50 }), (growths) => {
        let tokens = 6_000;
        const calls = growths.map((growth, at): RecordedCall => {
          tokens += growth;
          return { ...window, position: at + 1, before: tokens, after: tokens };
        });
        const recording = { calls, landing: 1, landings: 0, summary: 0, left: 0 };
        const settings = { triggerPct: 1, targetPct: 0.5, keepTokens: 0 };
        expect(simulatePolicy(recording, settings)).toEqual(asRecorded(recording));
      }),
    );
  });

  it('keeps what is to be kept, and aims at the target', () => {
    const recording: Recording = {
      calls: [{ ...window, position: 1, before: 90_000, after: 90_000 }],
      landing: 1,
      landings: 0,
      summary: 1_000,
      left: 0,
    };
    const after = (settings: Settings): number | undefined =>
      simulatePolicy(recording, settings).calls[0]?.after;
    expect(after({ triggerPct: 0.85, targetPct: 0.5, keepTokens: 0 })).toBe(50_000);
    expect(after({ triggerPct: 0.85, targetPct: 0.05, keepTokens: 20_000 })).toBe(26_000);
    expect(after({ triggerPct: 0.95, targetPct: 0.5, keepTokens: 0 })).toBe(90_000);
  });

  it('comes near to what was recorded, where the recorded policy is tried', () => {
    const recording = recordingOf(recordedSession({ calls: 120 }));
    const simulated = simulatePolicy(recording, { triggerPct: 0.85, targetPct: 0.4, keepTokens: 0 });
    const recorded = asRecorded(recording);
    expect(Math.abs(simulated.cuts - recorded.cuts)).toBeLessThanOrEqual(1);
    expect(simulated.sent / recorded.sent).toBeGreaterThan(0.9);
    expect(simulated.sent / recorded.sent).toBeLessThan(1.1);
  });
});

describe('a recording', () => {
  it('leaves out calls that tell no size or no window, and says how many', () => {
    const session = recordedSession();
    const calls = session.calls.map((call, at) => {
      const { window: _window, ...bare } = call;
      return at < 3 ? bare : call;
    });
    expect(recordingOf({ ...session, calls })).toMatchObject({ left: 3, landings: 4 });
    expect(recordingOf({ ...session, calls: [], cuts: [] })).toEqual({
      calls: [],
      landing: 1,
      landings: 0,
      summary: 0,
      left: 0,
    });
  });
});

function neverCall(): never {
  throw new Error('A call was simulated that was not recorded.');
}
