import { assistantMessage } from '@openai/agents-core/testing';
import type { AgentInputItem } from '@openai/agents-core';
import { expect, it } from 'vitest';
import { userFirst } from './user-first.ts';

const system: AgentInputItem = { type: 'message', role: 'system', content: 'Be exact.' };
const user: AgentInputItem = { type: 'message', role: 'user', content: 'hi' };
const block: AgentInputItem = {
  type: 'compaction',
  encrypted_content: 'What was said.',
  providerData: { anthropic: { type: 'compaction' } },
};

it.each<readonly [string, AgentInputItem[]]>([
  ['nothing', []],
  ['the user first', [user, assistantMessage('yes')]],
  ['the user behind the system', [system, user]],
  ['a compaction of Anthropic’s', [block, user]],
])('is left as it is: %s', (_, input) => {
  expect(userFirst(input)).toBe(input);
});

it('before the assistant, and before a call, stands a word of the user, the same at every call', () => {
  const summary = assistantMessage('<COMPACT-SUMMARY v1>');
  const [first, second] = [userFirst([system, summary, user]), userFirst([system, summary, user, user])];
  expect(first.map((item) => ('role' in item ? item.role : item.type))).toEqual([
    'system',
    'user',
    'assistant',
    'user',
  ]);
  expect(second[1]).toEqual(first[1]);
});
