import { call, say } from '@clew/openai-agents/testing';
import type { AgentInputItem } from '@openai/agents';
import { expect, it } from 'vitest';
import { openaiDouble } from './openai-double.fixture.ts';

const said = (index: number): AgentInputItem[] => [
  { role: 'user', content: `question ${index} ${'about an order '.repeat(1000)}` },
  {
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: `answer ${index} ${'about it '.repeat(500)}` }],
  },
];

it('compacts one history for all who answer, and each nested agent as a session of its own', async () => {
  const openai = await openaiDouble();
  const { app, ask, session } = await import('./handoffs.ts');
  await session.addItems(Array.from({ length: 30 }, (_, index) => said(index)).flat());
  const runs: string[] = [];
  app.manager.events.subscribe((event) => {
    if (event.type === 'context.compaction.completed') runs.push(`${event.agent} ${event.session_id}`);
  });
  openai.server.script(
    [call('transfer_to_Refunds', {}, 'call_1')],
    [call('ask_facts', { input: 'When was order 7 sent?' }, 'call_2')],
    [say('On Monday.')],
    [say('You get your money back.')],
  );

  expect(await ask('I want my money back for order 7.')).toBe('Refunds: You get your money back.');

  expect(openai.server.requests.filter(({ status }) => status !== 200)).toEqual([]);
  // By the first to look at it, and put in place again for the one who took over.
  expect(runs).toEqual(['Triage customer-7']);
  const [triage, refunds, facts, last] = openai.calls();
  for (const seen of [triage, refunds, last]) {
    expect(JSON.stringify(seen?.input)).toContain('<COMPACT-SUMMARY v1>');
    expect(seen?.input.length).toBeLessThan(30);
  }
  expect(refunds?.instructions).toBe('You decide on refunds.');
  expect(facts?.input).toHaveLength(1);
  expect(await session.getItems()).toHaveLength(60 + 6);
  await app.shutdown();
  await openai.close();
});
