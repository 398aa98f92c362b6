import { capabilityMatrix, capabilitySources } from '@clew/core';
import type { Capability, CapabilityRow, CapabilitySourceName, ModelCapabilities } from '@clew/core';
import { expect, it } from 'vitest';
import { code, header, table } from './markdown.ts';

// Written from the matrix of `@clew/core`: `vitest test/reference -u` writes it, and a page that differs fails.

const names = Object.keys(capabilitySources) as CapabilitySourceName[];
const tokens = (count: number) => count.toLocaleString('en');

/** How each cell reads. What is absent is unknown. */
const columns: { readonly [TName in Capability]: (value: NonNullable<ModelCapabilities[TName]>) => string } =
  {
    windowTokens: tokens,
    maxOutputTokens: tokens,
    localCompaction: (can) => (can ? 'yes' : 'no'),
    serverCompaction: (can) => {
      if (can === false) return 'no';
      const least = can.leastTokens === undefined ? '' : `, from ${tokens(can.leastTokens)} tokens`;
      const usual = can.defaultTokens === undefined ? '' : `, by default at ${tokens(can.defaultTokens)}`;
      return `${code(can.parameter)}${least}${usual}`;
    },
    compactEndpoint: (can) => (can === false ? 'no' : code(can.path)),
    contextEditing: (can) => {
      if (can === false) return 'no';
      const usual =
        can.defaultTokens === undefined ? '' : `, by default at ${tokens(can.defaultTokens)} tokens`;
      return `${code(can.parameter)}${usual}`;
    },
    promptCaching: (can) => {
      if (can === false) return 'no';
      const { kinds, leastTokens, ttlSeconds, longestTtlSeconds } = can;
      const least = leastTokens === undefined ? 'least unknown' : `from ${tokens(leastTokens)} tokens`;
      const lives = ttlSeconds === undefined ? 'TTL unknown' : `TTL ${tokens(ttlSeconds)} s`;
      const longest = longestTtlSeconds === undefined ? '' : `, at most ${tokens(longestTtlSeconds)} s`;
      return `${kinds.join(' or ')}; ${least}; ${lives}${longest}`;
    },
    serverState: (can) => (can === false ? 'no' : can.parameters.map(code).join(', ')),
  };

const heads: { readonly [TName in Capability]: string } = {
  windowTokens: 'window',
  maxOutputTokens: 'longest answer',
  localCompaction: 'local',
  serverCompaction: 'compacts at a threshold',
  compactEndpoint: 'compact endpoint',
  contextEditing: 'clears tool results',
  promptCaching: 'prompt cache',
  serverState: 'holds the history',
};

it('the provider reference says what the matrix says', async () => {
  const shown = Object.keys(heads) as Capability[];
  const providers = [...new Set(capabilityMatrix.map(({ provider }) => provider))];
  const sections = providers.map((provider) => {
    const rows = capabilityMatrix.filter((row) => row.provider === provider);
    const lines = rows.map((row) => [
      row.models.map(code).join(' '),
      ...shown.map((name) => cellOf(row, name)),
    ]);
    return `## ${provider}\n\n${table(['model', ...shown.map((name) => heads[name])], lines)}\n`;
  });
  const sources = Object.values(capabilitySources).map(
    ({ title, url, read }, index) => `${index + 1}. [${title}](${url}), read ${read}.`,
  );
  const text = [
    header('Providers', 'the capability matrix of `@clew/core`'),
    'What providers do with the context of their models. `unknown` is what no source told, and nothing is assumed of',
    'it: say it yourself to `capabilitiesOf`. The small numbers are the sources below. `local` is what the engine can',
    'do; where the provider holds the history, nothing local can. What the modes make of it:',
    '[Let the provider compact](../guides/providers.md).\n',
    ...sections,
    '## Sources\n',
    ...sources,
    '',
  ].join('\n');
  await expect(text).toMatchFileSnapshot('../../docs/reference/providers.md');
});

function cellOf({ cells }: CapabilityRow, name: Capability): string {
  const cell = cells[name];
  if (cell === undefined) return 'unknown';
  const text = (columns[name] as (value: unknown) => string)(cell.value);
  return `${text} <sup>${cell.sources.map((source) => names.indexOf(source) + 1).join(', ')}</sup>`;
}
