import { CompactManager, agents } from '@clew/core';
import type { AgentItem } from '@clew/core';
import { Agent, MemorySession, Runner } from '@openai/agents-core';
import type { AgentInputItem } from '@openai/agents-core';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents-core/testing';
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { compactRunConfig } from '../compact-run-config.ts';
import { codingSession } from '../testing/coding-session.fixture.ts';
import { itemHistories, toolResult, userMessage } from '../testing/item-histories.fixture.ts';
import { ContextMemory } from './context-memory.ts';
import { ProtectedMemory } from './protected-memory.ts';
import { protectRoles, protectTools } from './protection-rule.ts';

function engine(memory: ProtectedMemory) {
  const contexts = new ContextMemory(memory);
  const manager = new CompactManager<AgentItem>({
    model: 'gpt-5',
    maxContextTokens: 128_000,
    dialect: agents,
    isProtected: memory.isProtected,
    observer: contexts,
  });
  return { manager, contexts };
}

test('a protected item stays through compactions, and nothing of the protection is on it', async () => {
  const memory = new ProtectedMemory();
  const { manager } = engine(memory);
  const rule = userMessage('Never touch the production database.');
  memory.protect(rule, 'a constraint');
  const items = [...codingSession().slice(0, 20), rule, ...codingSession().slice(20)];

  // Items come back from a session as copies.
  const { items: after } = await manager.compact({ sessionId: 's', items: structuredClone(items) });

  expect(after).toContainEqual(rule);
  expect(JSON.stringify(after)).not.toContain('a constraint');
  expect(Object.keys(rule)).toEqual(['type', 'role', 'content']);
});

test('a protected call keeps its result, a protected result its call', async () => {
  const pair = [functionCall('read', {}, { callId: 'c' }), toolResult('c', 'the plan')];
  for (const item of pair) {
    const memory = new ProtectedMemory();
    memory.protect(item);
    const { items } = await engine(memory).manager.compact({
      sessionId: 's',
      items: [...pair, ...codingSession()],
    });
    expect(items.slice(0, 2)).toEqual(pair);
  }
});

test('protection that comes late holds from then on, and released it ends', async () => {
  const memory = new ProtectedMemory();
  const { manager } = engine(memory);
  const [first, ...rest] = codingSession();
  const items = first === undefined ? [] : [first, ...rest];
  await manager.preflight({ sessionId: 's', items });
  memory.protect(items[0] ?? {}, 'late');
  const { items: kept } = await manager.compact({ sessionId: 's', items });
  expect(kept[0]).toEqual(first);

  expect(memory.release(items[0] ?? {})).toBe(true);
  expect(memory.release(items[0] ?? {})).toBe(false);
  const more = [
    ...items,
    ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => userMessage(name.repeat(2000))),
  ];
  const { items: gone } = await manager.compact({ sessionId: 's', items: more });
  expect(gone).not.toContainEqual(first);
});

test('rules name roles, tools, and whatever a predicate says', async () => {
  const memory = new ProtectedMemory([
    protectTools('the skills', 'skill'),
    protectRoles('what the user says', 'user'),
    { label: 'tickets', protects: ({ text }) => text.includes('JIRA-1') },
  ]);
  const skill = [functionCall('skill', {}, { callId: 's1' }), toolResult('s1', 'how to', 'skill')];
  const ticket = assistantMessage('About JIRA-1: done.');
  const items = [...skill, ticket, ...codingSession()];
  const { items: after } = await engine(memory).manager.compact({ sessionId: 's', items });

  expect(after.slice(0, 3)).toEqual([...skill, ticket]);
  const asked = (list: readonly object[]) =>
    list.filter((item) => 'role' in item && item.role === 'user').length;
  expect(asked(after)).toBe(asked(items));
  expect(items.map((item) => memory.labelOf(item)).slice(0, 4)).toEqual([
    'the skills',
    'the skills',
    'tickets',
    'what the user says',
  ]);
});

test('a protected item goes out as it came, through sessions and runs', async () => {
  const memory = new ProtectedMemory();
  const { manager } = engine(memory);
  const constraint = 'Answer in French, always.';
  memory.protect(userMessage(constraint));
  const model = new ScriptedModel([[assistantMessage('Oui.')], [assistantMessage('Bien sûr.')]]);
  const runner = new Runner({
    tracingDisabled: true,
    ...compactRunConfig({ manager, provider: { getModel: () => model }, sessionId: 's' }),
  });
  const agent = new Agent({ name: 'Ada' });
  const session = new MemorySession();
  await runner.run(agent, constraint, { session });
  await session.addItems(codingSession());
  await manager.compact({ sessionId: 's', items: await session.getItems() });
  await runner.run(agent, 'And now?', { session });

  const sent = JSON.stringify(model.calls[1]?.request.input);
  expect(sent).toContain(constraint);
  expect(sent).toContain('<COMPACT-SUMMARY v1>');
  expect(sent).not.toMatch(/"protected"|"label"/u);
  expect(JSON.stringify(await session.getItems())).not.toMatch(/"protected"|"label"/u);
});

describe('what is remembered', () => {
  it('has three layers that make up the context, item by item', async () => {
    await fc.assert(
      fc.asyncProperty(itemHistories, fc.nat(40), async (history, chosen) => {
        const items: AgentInputItem[] = [{ role: 'system', content: 'Be brief.' }, ...history];
        const memory = new ProtectedMemory();
        const item = items[chosen % items.length] ?? {};
        memory.protect(item, 'mine');
        const { manager, contexts } = engine(memory);
        const result = await manager.compact({ sessionId: 's', items });

        const remembered = contexts.whatIRemember('s');
        const layers = remembered?.layers;
        const told = [...(layers?.protected.items ?? []), ...(layers?.recent.items ?? [])];
        const summaryCount = layers?.summary === undefined ? 0 : 1;
        expect(told.length + summaryCount).toBe(result.items.length);
        expect(told.every((entry) => result.items.includes(entry.item))).toBe(true);
        expect(layers?.protected.items.map(({ label }) => label)).toContain('mine');
        expect((layers?.protected.tokens ?? 0) + (layers?.recent.tokens ?? 0)).toBe(result.tokens.stayed);
        expect(remembered?.tokens).toBe(result.tokens.after);
      }),
    );
  });

  it('is the protected, the summary with what it covers, and the recent', async () => {
    const memory = new ProtectedMemory([protectTools('edits', 'edit_file')]);
    const { manager, contexts } = engine(memory);
    const { coverage } = await manager.compact({ sessionId: 's', items: codingSession() });
    const { layers } = contexts.whatIRemember('s') ?? {};
    expect(layers?.summary).toMatchObject({ version: 1, covers: coverage.summarized });
    expect(layers?.summary?.text).toContain('ENG-');
    expect(new Set(layers?.protected.items.map(({ tool }) => tool))).toContain('edit_file');
    expect(layers?.protected.items.find(({ tool }) => tool === 'edit_file')).toMatchObject({
      label: 'edits',
    });
    expect(layers?.recent.items.at(-1)).toMatchObject({ role: 'assistant', kind: 'message' });
  });

  it('is nothing of a session that nobody has looked at, and of the latest only', async () => {
    const { manager, contexts } = engine(new ProtectedMemory());
    expect(contexts.whatIRemember('s')).toBeUndefined();
    for (let count = 0; count <= 100; count += 1) {
      await manager.preflight({ sessionId: `s${count}`, items: [userMessage('hi')] });
    }
    expect(contexts.whatIRemember('s0')).toBeUndefined();
    expect(contexts.whatIRemember('s1')?.layers.recent.items).toHaveLength(1);
  });
});
