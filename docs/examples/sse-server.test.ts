import type { AddressInfo } from 'node:net';
import { say } from '@clew/openai-agents/testing';
import type { AgentInputItem } from '@openai/agents';
import { MemorySession } from '@openai/agents';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, findChromium } from '../../test/browser/find-chromium.ts';
import { openaiDouble } from './openai-double.fixture.ts';

async function start() {
  const openai = await openaiDouble();
  // What the examples do at once, they do here, on the double.
  const { app, sessions } = await import('./chat-endpoint.ts');
  const { createChatServer } = await import('./sse-server.ts');
  const server = createChatServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    openai: openai.server,
    sessions,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await app.shutdown();
      await openai.close();
    },
  };
}
let running: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  running = await start();
});
afterAll(async () => running.close());

/** A conversation that fills the window. */
const long = Array.from({ length: 30 }, (_, index): AgentInputItem[] => [
  { role: 'user', content: `question ${index} ${'with many words '.repeat(1500)}` },
  { role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: `answer ${index}` }] },
]).flat();

async function ask(query: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${running.url}/chat?${new URLSearchParams(query)}`, { headers });
}

describe('a chat server', () => {
  it('answers with server-sent events, and tells of a compaction among them', async () => {
    running.sessions.set('long', new MemorySession({ sessionId: 'long', initialItems: long }));
    running.openai.script([say('You asked thirty things.')]);
    const answer = await ask({ ask: 'What did I ask?', session: 'long', run: 'r1' });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const events = [...(await answer.text()).matchAll(/^event: (.+)$/gmu)].map(([, name]) => name);
    expect(events).toEqual([
      'response.memory.compacted',
      'response.output_text.delta',
      'response.output_text.delta',
      'run_item.message_output_created',
      'done',
    ]);
    expect(running.openai.refused()).toEqual([]);
  });

  it('goes on where a client was cut off, stops one that has all, and does not know the others', async () => {
    running.openai.script([say('A short answer.')]);
    const whole = await (await ask({ ask: 'Hi', session: 's', run: 'r2' })).text();
    const rest = await (await ask({ run: 'r2' }, { 'last-event-id': '1' })).text();
    expect(rest).not.toBe('');
    expect(whole.endsWith(rest)).toBe(true);
    // One that had nothing yet asks as it did at first, and is no second question.
    expect(await (await ask({ ask: 'Hi', session: 's', run: 'r2' })).text()).toBe(whole);
    expect((await ask({ run: 'r2' }, { 'last-event-id': '4' })).status).toBe(204);
    expect((await ask({ run: 'another' }, { 'last-event-id': '1' })).status).toBe(410);
    expect((await fetch(`${running.url}/nothing`)).status).toBe(404);
  });

  const executablePath = findChromium();
  it.skipIf(executablePath === undefined)(
    'has a page that shows the answer as it comes, and the compaction above it',
    async () => {
      const browser = await chromium.launch({
        executablePath: executablePath ?? '',
        args: [...chromiumFlags],
      });
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(running.url);
      running.openai.script([say('It rains.')], [say('It still rains.')]);
      await page.fill('input[name=ask]', 'How is the weather?');
      await page.click('button');
      await page.locator('.answer', { hasText: 'It rains.' }).waitFor();
      // The same conversation, which has become long.
      const [sessionId = ''] = [...running.sessions.keys()].slice(-1);
      await running.sessions.get(sessionId)?.addItems(long);
      await page.fill('input[name=ask]', 'And now?');
      await page.click('button');
      await page.locator('.answer', { hasText: 'It still rains.' }).waitFor();
      const lines = await page.locator('#log p').allTextContents();
      expect(lines).toEqual([
        'How is the weather?',
        'It rains.',
        'And now?',
        expect.stringMatching(/^\d+ older items were compacted \(-\d+ tokens\)\.$/u),
        'It still rains.',
      ]);
      expect(problems).toEqual([]);
      await browser.close();
    },
  );
});
