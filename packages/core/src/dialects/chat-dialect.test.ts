import { expect, test } from 'vitest';
import { anyChatItem } from '../testing/chat-items.fixture.ts';
import { describeDialect } from '../testing/dialect-contract.fixture.ts';
import { chat } from './chat-dialect.ts';

describeDialect({
  dialect: chat,
  items: anyChatItem,
  discriminant: { key: 'role', values: ['system', 'developer', 'user', 'assistant', 'tool', 'function'] },
  payload: ['content', 'refusal', 'audio'],
  marks: {
    'on the message': (item, flag) => ({ ...item, [flag]: true }),
    'in metadata': (item, flag) => ({ ...item, metadata: { [flag]: true } }),
  },
});

const call = (id: string, name: string) => ({
  id,
  type: 'function',
  function: { name, arguments: '{"a":1}' },
});

test('reads parallel calls with what was said before them', () => {
  const item = {
    role: 'assistant',
    content: 'Let me look.',
    tool_calls: [call('c1', 'read'), call('c2', 'find')],
  };
  expect(chat.inspect(item)).toEqual({
    kind: 'call',
    role: 'assistant',
    calls: ['c1', 'c2'],
    answers: [],
    tool: 'read, find',
    toolOf: { c1: 'read', c2: 'find' },
    text: 'Let me look.\nread({"a":1})\nfind({"a":1})',
    mediaCount: 0,
  });
});

test('reads a result by the id of its call, and its tool where the client names it', () => {
  const item = { role: 'tool', tool_call_id: 'c1', content: 'done' };
  const view = { kind: 'result', role: 'tool', calls: [], answers: ['c1'], text: 'done', mediaCount: 0 };
  expect(chat.inspect(item)).toEqual(view);
  expect(chat.inspect({ ...item, name: 'read' })).toEqual({ ...view, tool: 'read' });
});

test('pairs a function call of the old kind with its result by name', () => {
  const made = { role: 'assistant', content: null, function_call: { name: 'read', arguments: '{}' } };
  const answer = { role: 'function', name: 'read', content: 'done' };
  expect(chat.inspect(made)).toMatchObject({ kind: 'call', tool: 'read', text: 'read({})' });
  expect(chat.inspect(answer)).toMatchObject({ kind: 'result', tool: 'read' });
  expect(chat.inspect(made).calls).toEqual(chat.inspect(answer).answers);
});

test('reads the input of a custom tool', () => {
  const made = { id: 'c1', type: 'custom', custom: { name: 'sql', input: 'select 1' } };
  expect(chat.inspect({ role: 'assistant', content: null, tool_calls: [made] }).text).toBe('sql(select 1)');
});

test('takes an assistant message with an empty list of calls for a message', () => {
  expect(chat.inspect({ role: 'assistant', content: 'hi', tool_calls: [] }).kind).toBe('message');
});

test.each([
  ['a text', { content: 'long' }, { content: 'short' }],
  [
    'parts with a picture',
    { content: [{ type: 'image_url', image_url: { url: 'https://example.org/a.png' } }] },
    { content: [{ type: 'text', text: 'short' }] },
  ],
])('replaces what a user sent as %s', (_what, before, after) => {
  expect(chat.replaceText({ role: 'user', ...before }, 'short')).toEqual({ role: 'user', ...after });
});

test('replaces a refusal and a spoken answer by plain content', () => {
  expect(chat.replaceText({ role: 'assistant', content: null, refusal: 'I cannot.' }, 'short')).toEqual({
    role: 'assistant',
    content: 'short',
    refusal: null,
  });
  expect(chat.replaceText({ role: 'assistant', content: null, audio: { id: 'audio_1' } }, 'short')).toEqual({
    role: 'assistant',
    content: 'short',
    audio: null,
  });
});

test('writes messages as role and content', () => {
  expect(chat.message('assistant', 'hello')).toEqual({ role: 'assistant', content: 'hello' });
  expect(chat.message('user', 'hello')).toEqual({ role: 'user', content: 'hello' });
});
