import { CompactManager, agents } from '@clew/core';
import type { AgentItem, CompactPolicyInput } from '@clew/core';
import { Agent, MemorySession, Runner } from '@openai/agents-core';
import { assistantMessage, ScriptedModel } from '@openai/agents-core/testing';
import { describe, expect, it, test } from 'vitest';
import { compactRunConfig } from '../compact-run-config.ts';
import { ContextMemory } from '../memory/context-memory.ts';
import { codingSession } from '../testing/coding-session.fixture.ts';
import { userMessage } from '../testing/item-histories.fixture.ts';
import { compactCommand } from './compact-command.ts';
import { parseCompactCommand } from './parse-compact-command.ts';

function engine(policy: CompactPolicyInput = {}) {
  const contexts = new ContextMemory();
  const manager = new CompactManager<AgentItem>({
    model: 'gpt-5',
    maxContextTokens: 128_000,
    dialect: agents,
    policy,
    observer: contexts,
  });
  return { manager, contexts };
}

describe('what the user types', () => {
  it.each([
    ['/compact', { kind: 'compact' }],
    ['  /compact \n', { kind: 'compact' }],
    ['/Compact keep the ticket numbers', { kind: 'compact', note: 'keep the ticket numbers' }],
    ['/compact\nkeep:\n- a', { kind: 'compact', note: 'keep:\n- a' }],
    ['/compact status', { kind: 'status' }],
    ['/compact STATUS ', { kind: 'status' }],
    ['/compact status of the build matters', { kind: 'compact', note: 'status of the build matters' }],
  ])('%j is a command', (text, command) => {
    expect(parseCompactCommand(text)).toEqual(command);
  });

  it.each(['', 'compact', '/compaction', '/compact-all', 'please /compact', '//compact', '/compactstatus'])(
    '%j is for the model',
    async (text) => {
      expect(parseCompactCommand(text)).toBeUndefined();
      expect(await compactCommand(engine(), { text, sessionId: 's', items: [] })).toBeUndefined();
    },
  );
});

test('on a long coding session it takes away at least 40 % of the tokens, and says so', async () => {
  const items = codingSession();
  expect(agents.validate(items)).toEqual([]);
  const answer = await compactCommand(engine(), { text: '/compact', sessionId: 's', items });

  expect(answer?.kind).toBe('compacted');
  const tokens = answer?.result?.tokens;
  expect(tokens?.before).toBeGreaterThan(40_000);
  expect(tokens?.after).toBeLessThan(0.6 * (tokens?.before ?? 0));
  expect(answer?.sentence).toMatch(
    /^Compacted from [\d,]+ to [\d,]+ tokens \(\d\d % less\): of \d+ items \d+ summarized; \d+ stay as they are\.$/u,
  );
  expect(agents.validate((answer?.result?.items ?? []) as object[])).toEqual([]);
});

test('what it left is what the next run of the session sends, and the session keeps all', async () => {
  const { manager, contexts } = engine();
  const session = new MemorySession({ initialItems: codingSession() });
  const items = await session.getItems();
  const answer = await compactCommand(
    { manager, contexts },
    { text: '/compact keep ENG-412', sessionId: 's', items },
  );
  const model = new ScriptedModel([[assistantMessage('Done.')]]);
  const runner = new Runner({
    tracingDisabled: true,
    ...compactRunConfig({ manager, provider: { getModel: () => model }, sessionId: 's' }),
  });

  await runner.run(new Agent({ name: 'Ada' }), 'go on', { session });

  const sent = model.calls[0]?.request.input;
  expect(sent).toEqual([...(answer?.result?.items ?? []), userMessage('go on')]);
  expect(contexts.latest('s')).toMatchObject({ reapplied: 'applied', outcome: 'noop_below' });
  expect(await session.getItems()).toHaveLength(items.length + 2);
});

test('where there is nothing to take away, it says so', async () => {
  const answer = await compactCommand(engine(), {
    text: '/compact',
    sessionId: 's',
    items: [userMessage('hi')],
  });
  expect(answer?.kind).toBe('unchanged');
  expect(answer?.sentence).toMatch(/^Nothing was compacted.*\(noop_nothing, \d+ tokens\)\.$/u);
});

test('the status is told, and changes nothing', async () => {
  const { manager, contexts } = engine();
  const ask = async (text: string) =>
    (await compactCommand({ manager, contexts }, { text, sessionId: 's', items: codingSession() }))?.sentence;

  expect(await ask('/compact status')).toBe('Nothing has been sent in this session yet.');
  await manager.preflight({ sessionId: 's', items: codingSession() });
  expect(await ask('/compact status')).toMatch(
    /^The context holds [\d,]+ of 128,000 tokens \(\d+ %\); compaction starts at 108,800\. It has not been compacted\.$/u,
  );
  await ask('/compact');
  const after = await ask('/compact status');
  expect(after).toMatch(
    /It was compacted once: of \d+ items the model sees \d+, summary v1 covers \d+, 0 were dropped\.$/u,
  );
  expect(await ask('/compact status')).toBe(after);
});
