import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { capabilitiesOf } from './capabilities-of.ts';
import { capabilityMatrix } from './capability-matrix.ts';
import { capabilitiesIn } from './capability-row.ts';
import { CapabilitySource, capabilitySources } from './capability-sources.ts';
import { ModelCapabilities } from './model-capabilities.ts';

const ids = capabilityMatrix.flatMap(({ models }) => models);

it('every cell of the matrix is of its schema and has a source, and every source is used', () => {
  for (const row of capabilityMatrix) expect(ModelCapabilities.parse(capabilitiesIn(row))).toBeDefined();
  for (const source of Object.values(capabilitySources)) CapabilitySource.parse(source);
  const cells = capabilityMatrix.flatMap((row) => Object.values(row.cells));
  expect(cells.every(({ sources }) => sources.length > 0)).toBe(true);
  expect(new Set(cells.flatMap(({ sources }) => sources))).toEqual(new Set(Object.keys(capabilitySources)));
});

it('no model is in two rows', () => {
  expect(new Set(ids).size).toBe(ids.length);
});

it.each([
  ['gpt-5.2', 'exact', 'gpt-5.2'],
  ['gpt-5.2-2025-12-11', 'exact', 'gpt-5.2'],
  ['openai/gpt-5.2', 'exact', 'gpt-5.2'],
  ['ft:gpt-4o-mini:org:project:x', 'family', 'gpt-4o-mini'],
  ['gpt-5.2-turbo', 'family', 'gpt-5.2'],
  ['gpt-5.9', 'family', 'gpt-5'],
  ['claude-opus-4-20250514', 'exact', 'claude-opus-4'],
  ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'exact', 'claude-haiku-4-5'],
  ['claude-opus-5-5', 'exact', 'claude-opus-5-5'],
  ['claude-opus-5-9', 'family', 'claude-opus-5'],
  ['models/gemini-2.5-flash', 'exact', 'gemini-2.5-flash'],
  ['gemini-2.5-flash-lite', 'family', 'gemini-2.5-flash'],
  ['gpt-50', 'none', undefined],
  ['qwen3-max', 'none', undefined],
])('%s is found as %s: %s', (model, match, row) => {
  expect(capabilitiesOf(model)).toMatchObject({ match, ...(row === undefined ? {} : { row }) });
});

it('of a model whose family alone is known, no size is told', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ids), fc.stringMatching(/^[a-z]{3,8}$/u), (id, suffix) => {
      const { match, capabilities } = capabilitiesOf(`${id}-${suffix}`);
      fc.pre(match === 'family');
      expect(capabilities.windowTokens).toBeUndefined();
      expect(capabilities.maxOutputTokens).toBeUndefined();
      const { promptCaching } = capabilities;
      if (typeof promptCaching === 'object') expect(promptCaching).not.toHaveProperty('leastTokens');
    }),
  );
});

it('what a user knows better wins, field by field, also for a model that nobody knows', () => {
  const overrides = { 'gpt-5.2': { windowTokens: 64_000 }, mine: { serverCompaction: false as const } };
  const { capabilities } = capabilitiesOf('gpt-5.2', overrides);
  expect(capabilities).toMatchObject({ windowTokens: 64_000, maxOutputTokens: 128_000, provider: 'openai' });
  expect(capabilitiesOf('mine', overrides)).toEqual({
    match: 'configured',
    capabilities: { serverCompaction: false },
  });
});
