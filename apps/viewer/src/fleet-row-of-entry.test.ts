import { describe, expect, it } from 'vitest';
import { fleetRowOfEntry } from './fleet-row-of-entry.ts';

describe('the row of a listed session', () => {
  it('has what the host tells of it, and how full it is by its latest call', () => {
    const context = { calls: 40, fallbacks: 1, failures: 0, savedTokens: 90_000, peakRatio: 0.93 };
    const latest = { at: 7, tokens: 64_000, limit: 128_000, trigger: 108_800, basis: 'tokenizer' } as const;
    expect(
      fleetRowOfEntry({
        id: 's1',
        name: 'Maintain a repository',
        end: 9,
        compactionCount: 3,
        agents: ['coder'],
        models: ['gpt-5.2'],
        context: { ...context, latest },
      }),
    ).toEqual({
      id: 's1',
      name: 'Maintain a repository',
      agents: ['coder'],
      models: ['gpt-5.2'],
      end: 9,
      digest: { ...context, compactions: 3, basis: 'tokenizer' },
      fullness: { share: 0.5, trigger: 0.85 },
    });
  });

  it('makes nothing up: no digest without an engine, no fullness without a window', () => {
    expect(fleetRowOfEntry({ id: 's2', agents: [], models: [] })).toEqual({
      id: 's2',
      name: 's2',
      agents: [],
      models: [],
    });
    const context = { calls: 1, fallbacks: 0, failures: 0, savedTokens: 0, latest: { at: 1, tokens: 900 } };
    expect(fleetRowOfEntry({ id: 's3', agents: [], models: [], context })).not.toHaveProperty('fullness');
  });
});
