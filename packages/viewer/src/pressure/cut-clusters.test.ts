import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedSession } from '../recorded-session.fixture.ts';
import { clusterCuts } from './cut-clusters.ts';

const [cut] = recordedSession({ calls: 20 }).cuts;
if (cut === undefined) throw new Error('The recorded session has no cut.');
const cutAt = (position: number): typeof cut => ({ ...cut, call: { ...cut.call, position } });

describe('clusterCuts', () => {
  it('stands for every cut once, and never lets two buttons overlap', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 80 }), (places) => {
        const cuts = places.toSorted((a, b) => a - b).map(cutAt);
        const clusters = clusterCuts(cuts, ({ call }) => call.position);
        expect(clusters.flatMap((cluster) => cluster.cuts)).toEqual(cuts);
        for (const [at, cluster] of clusters.entries()) {
          const next = clusters[at + 1];
          if (next !== undefined) expect(next.x - cluster.x).toBeGreaterThanOrEqual(26);
        }
      }),
    );
  });

  it('labels a cut only where there is room', () => {
    const room = (...places: number[]): boolean[] =>
      clusterCuts(places.map(cutAt), ({ call }) => call.position).map((cluster) => cluster.hasRoom);
    expect(room(100, 400)).toEqual([true, true]);
    expect(room(100, 150)).toEqual([false, false]);
    expect(room(100, 160)).toEqual([true, false]);
  });
});
