import { assistantMessage, functionCall } from '@openai/agents-core/testing';
import { expect, test } from 'vitest';
import { outputMessages } from './output-messages.ts';

const read = (
  output: readonly unknown[],
  keep: (text: string) => string | undefined = (text) => text,
): unknown => JSON.parse(outputMessages(output, keep) ?? 'null');

test('items of the SDK become messages with their text and their calls', () => {
  expect(read([assistantMessage('Hello'), functionCall('read', { path: 'a' }, { callId: 'c1' })])).toEqual([
    { role: 'assistant', parts: [{ type: 'text', content: 'Hello' }], finish_reason: 'stop' },
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: 'c1', name: 'read', arguments: '{"path":"a"}' }],
      finish_reason: 'tool_call',
    },
  ]);
});

test('an answer of Chat Completions becomes one message with its reason to end', () => {
  const message = {
    content: 'Let me see.',
    tool_calls: [{ id: 'c1', function: { name: 'read', arguments: '{}' } }],
  };

  expect(read([{ id: 'x', choices: [{ finish_reason: 'tool_calls', message }] }])).toEqual([
    {
      role: 'assistant',
      parts: [
        { type: 'text', content: 'Let me see.' },
        { type: 'tool_call', id: 'c1', name: 'read', arguments: '{}' },
      ],
      finish_reason: 'tool_calls',
    },
  ]);
});

test('a refusal and a plain string are text', () => {
  const refusal = { role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] };

  expect(read([refusal, { role: 'assistant', content: 'Yes.' }])).toMatchObject([
    { parts: [{ content: 'No.' }] },
    { parts: [{ content: 'Yes.' }] },
  ]);
});

test('what may not leave, what is unknown and what is nothing is left out', () => {
  const output = [assistantMessage('secret'), { type: 'reasoning', content: [] }, 7, null, { role: 'user' }];

  expect(outputMessages(output, () => undefined)).toBeUndefined();
  expect(outputMessages([], String)).toBeUndefined();
  expect(read([functionCall('read', { a: 1 }, { callId: 'c1' })], () => undefined)).toMatchObject([
    { parts: [{ type: 'tool_call', id: 'c1', name: 'read' }] },
  ]);
});
