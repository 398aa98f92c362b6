import { expect, test } from 'vitest';
import { anyAnthropicItem } from '../testing/anthropic-items.fixture.ts';
import { describeDialect } from '../testing/dialect-contract.fixture.ts';
import { anthropic } from './anthropic-dialect.ts';

describeDialect({
  dialect: anthropic,
  items: anyAnthropicItem,
  discriminant: { key: 'role', values: ['user', 'assistant', 'system'] },
  payload: ['content'],
  marks: {
    'on the message': (item, flag) => ({ ...item, [flag]: true }),
    'in metadata': (item, flag) => ({ ...item, metadata: { [flag]: true } }),
  },
});

const use = (id: string, name: string) => ({ type: 'tool_use', id, name, input: { a: 1 } });
const result = (id: string, content: unknown) => ({ type: 'tool_result', tool_use_id: id, content });

test('reads thinking, words and parallel calls of one message', () => {
  const content = [
    { type: 'thinking', thinking: 'Hm.', signature: 's' },
    { type: 'text', text: 'Let me look.' },
    use('t1', 'read'),
    use('t2', 'find'),
  ];
  expect(anthropic.inspect({ role: 'assistant', content })).toEqual({
    kind: 'call',
    role: 'assistant',
    calls: ['t1', 't2'],
    answers: [],
    tool: 'read, find',
    toolOf: { t1: 'read', t2: 'find' },
    text: 'Hm.\nLet me look.\nread({"a":1})\nfind({"a":1})',
    mediaCount: 0,
  });
});

test('takes a message of tool results only for a result, and one in which the user speaks for a message', () => {
  const results = [result('t1', 'one'), result('t2', [{ type: 'image', source: {} }])];
  const words = { type: 'text', text: 'Now go on.' };
  expect(anthropic.inspect({ role: 'user', content: results })).toEqual({
    kind: 'result',
    role: 'tool',
    calls: [],
    answers: ['t1', 't2'],
    text: 'one',
    mediaCount: 1,
    media: [{ kind: 'image' }],
  });
  expect(anthropic.inspect({ role: 'user', content: [...results, words] })).toMatchObject({
    kind: 'message',
    role: 'user',
    answers: ['t1', 't2'],
  });
});

test('clears several results at once, pictures included, and keeps every answer', () => {
  const first = { ...result('t1', [{ type: 'image', source: {} }]), is_error: true };
  const item = { role: 'user', content: [first, result('t2', 'two')] };
  expect(anthropic.replaceText(item, 'short')).toEqual({
    role: 'user',
    content: [
      { ...first, content: 'short' },
      { type: 'tool_result', tool_use_id: 't2' },
    ],
  });
});

test('takes a tool of the server for complete in its message, and ties it to the next where it is not', () => {
  const started = { type: 'server_tool_use', id: 's1', name: 'web_search', input: { query: 'clew' } };
  const found = { type: 'web_search_tool_result', tool_use_id: 's1', content: [] };
  const inspect = (...content: object[]) => anthropic.inspect({ role: 'assistant', content });
  expect(inspect(started, found)).toMatchObject({ kind: 'call', calls: [], answers: [], tool: 'web_search' });
  expect(inspect(started)).toMatchObject({ kind: 'call', calls: ['s1'] });
  expect(inspect(found)).toMatchObject({ kind: 'call', calls: [], answers: ['s1'] });
});

test('keeps a block of an unknown type in what it passes through, and weighs its JSON', () => {
  const block = { type: 'of_another_year', body: 1 };
  const item = { role: 'assistant', content: [block, use('t1', 'read')] };
  expect(anthropic.inspect(item).text).toContain(JSON.stringify(block));
  expect(anthropic.replaceText(item, 'short')).toBe(item);
});
