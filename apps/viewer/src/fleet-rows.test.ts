import { describe, expect, it } from 'vitest';
import { fleetRows } from './fleet-rows.ts';

describe('the rows of all sessions', () => {
  it('say what the host said, as shares of a window whose size it told', () => {
    const context = { calls: 9, fallbacks: 1, failures: 0, savedTokens: 70_000, peakRatio: 0.9 };
    const latest = { at: 5, tokens: 64_000, limit: 128_000, trigger: 96_000 };
    const [row] = fleetRows([
      { id: 's', end: 5, agents: ['coder'], models: [], compactionCount: 2, context: { ...context, latest } },
    ]);
    expect(row).toMatchObject({
      name: 'coder',
      digest: { calls: 9, compactions: 2, fallbacks: 1, savedTokens: 70_000, peakRatio: 0.9 },
      fullness: { share: 0.5, trigger: 0.75 },
    });
  });

  it('leave untold what was not told', () => {
    const [row] = fleetRows([{ id: 's', name: 'Tidy up', agents: [], models: [] }]);
    expect(row).toEqual({ id: 's', name: 'Tidy up', agents: [], models: [] });
  });
});
