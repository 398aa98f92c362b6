import { describe, expect, it } from 'vitest';
import { bundle, sizeWithImports, type Chunk } from './bundle.ts';

const kilobyte = 1000;
const react = /^react(?:-dom)?(?:\/|$)/u;

/** All that Ariadne imports. */
const plugin = `
  export { TraceSlot, compaction } from '@clew/viewer';
  export { CompactionPanel, useAriadneHost } from '@clew/viewer/ariadne';
`;

const find = (chunks: readonly Chunk[], module: string): Chunk => {
  const found = chunks.find(({ modules }) => modules.some((id) => id.endsWith(module)));
  if (found === undefined) throw new Error(`No chunk holds ${module}.`);
  return found;
};
const holds = ({ modules }: Chunk, word: string): boolean => modules.some((id) => id.includes(word));

describe('what the plugin adds to its host, minified and compressed', { timeout: 60_000 }, () => {
  it('is at most 8 kB for the model, with everything that it needs', async () => {
    const [model, ...others] = await bundle(`export { createModel, fold } from '@clew/trace-model'`, []);
    expect(others).toEqual([]);
    expect(model?.modules.some((id) => id.includes('/zod/'))).toBe(false);
    expect(model?.gzip).toBeLessThanOrEqual(8 * kilobyte);
  });

  it('is at most 20 kB for what is loaded before anything is clicked, and 125 kB for the chart, later', async () => {
    const chunks = await bundle(plugin, [react, /^@clew\/trace-model$/u]);
    const entry = chunks.find(({ name }) => name === 'entry');
    const strip = find(chunks, 'compaction-strip.tsx');
    const chart = find(chunks, 'pressure-chart.tsx');
    if (entry === undefined) throw new Error('The build has no entry.');
    expect(
      sizeWithImports(chunks, strip) + (strip.imports.includes('entry') ? 0 : entry.gzip),
    ).toBeLessThanOrEqual(20 * kilobyte);
    expect(chart.gzip).toBeLessThanOrEqual(125 * kilobyte);
    expect(chunks.filter((chunk) => holds(chunk, '/recharts/'))).toEqual([chart]);
    expect(chunks.filter((chunk) => holds(chunk, '/zod/'))).toEqual([]);
    expect(sizeWithImports(chunks, entry)).toBeLessThan(chart.gzip);
  });
});
