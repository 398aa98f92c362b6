import { expect, it } from 'vitest';
import { agents } from './dialects/agents-dialect.ts';
import { groupItems } from './group-items.ts';

const user = { role: 'user', content: 'hi' };
const call = (callId: string) => ({ type: 'function_call', callId, name: 'read', arguments: '{}' });
const result = (callId: string) => ({ type: 'function_call_result', callId, name: 'read', output: 'ok' });

it('keeps reasoning, parallel calls and their results together, and names what is under way', () => {
  const items = [user, { type: 'reasoning', content: [] }, call('a'), call('b'), result('a'), result('b')];
  expect(groupItems(items, agents)).toEqual([
    { members: [0], kind: 'message', isPending: false, isUnread: false },
    { members: [1, 2, 3, 4, 5], kind: 'tool', isPending: false, isUnread: true },
  ]);
  expect(groupItems(items.slice(0, 5), agents)[1]).toMatchObject({ isPending: true });
});
