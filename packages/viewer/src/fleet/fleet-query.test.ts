import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { attentionOf, urgency } from './attention.ts';
import {
  firstQuery,
  fleetLines,
  nextSort,
  totalsOf,
  type FleetLine,
  type FleetQuery,
} from './fleet-query.ts';
import { fleetRowOf, type FleetDigest, type FleetRow } from './fleet-row.ts';

const digest = (counts: Partial<FleetDigest>): FleetDigest => ({
  calls: 10,
  compactions: 1,
  fallbacks: 0,
  failures: 0,
  unbalanced: 0,
  savedTokens: 1_000,
  ...counts,
});

const anyRow: fc.Arbitrary<FleetRow> = fc
  .record({
    id: fc.uuid(),
    agent: fc.constantFrom('coder', 'reviewer', 'planner'),
    end: fc.option(fc.nat(1_000_000), { nil: undefined }),
    counts: fc.record({
      compactions: fc.nat(20),
      failures: fc.nat(2),
      unbalanced: fc.nat(2),
      fallbacks: fc.nat(2),
      savedTokens: fc.nat(500_000),
      peakRatio: fc.double({ min: 0, max: 1.3, noNaN: true }),
    }),
    hasPeak: fc.boolean(),
    isOpen: fc.boolean(),
  })
  .map(({ id, agent, end, counts: { peakRatio, ...counts }, hasPeak, isOpen }) => ({
    id,
    name: agent,
    agents: [agent],
    models: ['gpt-5.2'],
    isOpen,
    digest: digest({ ...counts, ...(hasPeak && { peakRatio }) }),
    ...(end !== undefined && { end }),
  }));
const fleets = fc.uniqueArray(anyRow, { maxLength: 40, selector: ({ id }) => id });

const lines = (rows: readonly FleetRow[], query: Partial<FleetQuery>): readonly FleetLine[] =>
  fleetLines(rows, { ...firstQuery, ...query }, new Set());
const idsOf = (of: readonly FleetLine[]): readonly string[] =>
  of.flatMap((line) => (line.kind === 'session' ? [line.row.id] : []));

describe('the list of sessions', () => {
  it('has every session once, grouped or not, and each group sums its own', () => {
    fc.assert(
      fc.property(fleets, fc.constantFrom(undefined, 'agent', 'model', 'policy'), (rows, group) => {
        const shown = lines(rows, { group });
        expect(idsOf(shown).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
        const groups = shown.flatMap((line) => (line.kind === 'group' ? [line.group] : []));
        if (group !== undefined) {
          expect(groups.reduce((sum, each) => sum + each.savedTokens, 0)).toBe(totalsOf(rows).savedTokens);
        }
      }),
    );
  });

  it('is sorted by what is asked for, with what is not told last', () => {
    fc.assert(
      fc.property(fleets, fc.boolean(), (rows, isDescending) => {
        const byId = new Map(rows.map((row) => [row.id, row]));
        const peaks = idsOf(lines(rows, { sort: { by: 'peak', isDescending } })).map(
          (id) => byId.get(id)?.digest?.peakRatio,
        );
        const told = peaks.filter((peak) => peak !== undefined);
        expect(told).toEqual(told.toSorted((a, b) => (isDescending ? b - a : a - b)));
        expect(peaks.slice(told.length).every((peak) => peak === undefined)).toBe(true);
      }),
    );
  });

  it('begins with what needs attention: failures before sums that do not add up before fallbacks', () => {
    fc.assert(
      fc.property(fleets, (rows) => {
        const byId = new Map(rows.map((row) => [row.id, row]));
        const ranks = idsOf(lines(rows, {})).map((id) => {
          const of = byId.get(id)?.digest;
          return of?.failures ? 3 : of?.unbalanced ? 2 : of?.fallbacks ? 1 : 0;
        });
        expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
      }),
    );
  });

  it('is filtered by attention, by state and by words', () => {
    fc.assert(
      fc.property(fleets, (rows) => {
        expect(idsOf(lines(rows, { filter: 'open' }))).toHaveLength(
          rows.filter(({ isOpen }) => isOpen).length,
        );
        expect(idsOf(lines(rows, { filter: 'attention' }))).toHaveLength(
          rows.filter((row) => urgency(row) > 0).length,
        );
        expect(idsOf(lines(rows, { text: ' REVIEW' }))).toHaveLength(
          rows.filter(({ name }) => name === 'reviewer').length,
        );
      }),
    );
  });

  it('leaves out the sessions of a closed group, and not its head', () => {
    const rows = [fleetRowOf(recordedSession())];
    const shown = fleetLines(rows, { ...firstQuery, group: 'agent' }, new Set(['coder']));
    expect(shown.map(({ key }) => key)).toEqual(['group coder']);
  });

  it('is turned round by the same head, and begins with the most by another', () => {
    const peak = nextSort(firstQuery.sort, 'peak');
    expect([peak, nextSort(peak, 'peak'), nextSort(peak, 'name')]).toEqual([
      { by: 'peak', isDescending: true },
      { by: 'peak', isDescending: false },
      { by: 'name', isDescending: false },
    ]);
  });
});

describe('the row of a session', () => {
  const session = recordedSession({ isMeasured: true, isUnfinished: true });
  const row = fleetRowOf(session);

  it('tells its pressure as shares of its window, its policy and its signs', () => {
    expect(row.curve?.points).toHaveLength(61);
    expect(Math.max(...(row.curve?.points ?? []))).toBeCloseTo(row.digest?.peakRatio ?? NaN, 2);
    expect(row.curve?.trigger).toBeCloseTo(0.85, 2);
    expect(row.policy).toBe('task state, trigger 0.85');
    expect(attentionOf(row).map(({ rule }) => rule)).toEqual(['failed', 'fallback', 'eroded']);
    expect(row.worst?.kind).toBe('error');
  });

  it('is the same for the same session', () => {
    expect(fleetRowOf(session)).toBe(row);
  });

  it('has no cost where any part of it is not known', () => {
    expect(row.net?.currency).toBe('USD');
    const cuts = session.cuts.map((cut, at) => {
      const { cost: _cost, ...call } = cut.call;
      return at === 0 ? { ...cut, call } : cut;
    });
    expect(fleetRowOf({ ...session, cuts }).net).toBeUndefined();
    expect(fleetRowOf(recordedSession()).net).toBeUndefined();
  });

  it('says a lost constraint before anything but failures and missing sums', () => {
    const lost = { ...row, worst: { kind: 'constraint', kept: 1, total: 3 } } as const;
    expect(attentionOf(lost).map(({ rule, count }) => [rule, count])).toContainEqual(['lost_constraint', 2]);
    expect(attentionOf(lost)[1]?.rule).toBe('lost_constraint');
  });

  it('has no curve where no call tells its size, and the fullest of each stretch where there are many', () => {
    const silent = fleetRowOf({ ...session, calls: [] });
    expect([silent.curve, silent.digest]).toEqual([undefined, undefined]);
    const long = fleetRowOf(recordedSession({ calls: 300 }));
    expect(long.curve?.points).toHaveLength(64);
    expect(Math.max(...(long.curve?.points ?? []))).toBeCloseTo(
      Math.min(1, long.digest?.peakRatio ?? NaN),
      2,
    );
  });
});
