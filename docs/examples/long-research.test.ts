import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { call, say } from '@clew/openai-agents/testing';
import { expect, it } from 'vitest';
import { openaiDouble } from './openai-double.fixture.ts';

const pageCount = 32;

/** Pages of some 9,000 tokens each. */
async function startWeb() {
  const sentence = (page: number, index: number) =>
    `Page ${page}, line ${index}: the river rose by ${index} cm. `;
  const server = createServer((request, response) => {
    const page = Number(request.url?.slice(1));
    response.end(Array.from({ length: 560 }, (_, index) => sentence(page, index)).join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

it(
  'reads more than twice its window in one run, and never sends more than fits',
  { timeout: 60_000 },
  async () => {
    const openai = await openaiDouble({ strategy: 'requirements_ledger' });
    const web = await startWeb();
    const { app, research, tellLayers } = await import('./long-research.ts');
    openai.server.script(
      ...Array.from({ length: pageCount }, (_, page) => [
        call('read_page', { url: `${web.url}/${page}` }, `call_${page}`),
      ]),
      [say('It rose by 559 cm (32 pages).')],
    );
    const completed: number[] = [];
    app.manager.events.subscribe((event) => {
      if (event.type === 'context.compaction.completed') completed.push(event.payload.token_delta);
    });

    expect(await research('How far did the river rise?')).toBe('It rose by 559 cm (32 pages).');

    const requests = openai.server.requests;
    expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
    const prompts = openai.calls();
    const read = prompts.length - 1;
    expect(read).toBe(pageCount);
    // What was read in all, by the double's own count of the largest prompts.
    const largest = Math.max(...requests.map(({ inputTokens }) => inputTokens));
    expect(largest).toBeLessThan(128_000);
    expect(
      -completed.reduce((sum, delta) => sum + delta, 0) + (requests.at(-1)?.inputTokens ?? 0),
    ).toBeGreaterThan(256_000);
    expect(completed.length).toBeGreaterThanOrEqual(3);
    expect(openai.summaries()).toBeGreaterThanOrEqual(3);
    // The question is there at every call, and one summary at most.
    for (const { input } of prompts) {
      const text = JSON.stringify(input);
      expect(text).toContain('Question: How far did the river rise?');
      expect(text.split('<COMPACT-SUMMARY v').length).toBeLessThanOrEqual(2);
    }
    const [protectedLayer, summary, recent] = tellLayers();
    expect(protectedLayer).toBe('protected: the question');
    expect(summary).toMatch(new RegExp(`^summary: v${completed.length} stands for \\d+ items$`, 'u'));
    expect(recent).toMatch(/^recent: \d+ items, \d+ tokens$/u);
    await app.shutdown();
    web.close();
    await openai.close();
  },
);
