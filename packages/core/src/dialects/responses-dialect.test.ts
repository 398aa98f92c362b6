import { expect, test } from 'vitest';
import { describeDialect } from '../testing/dialect-contract.fixture.ts';
import { anyResponsesItem, responsesItems } from '../testing/responses-items.fixture.ts';
import { responses } from './responses-dialect.ts';

describeDialect({
  dialect: responses,
  items: anyResponsesItem,
  discriminant: { key: 'type', values: Object.keys(responsesItems) },
  payload: ['content', 'output', 'result'],
  marks: {
    'on the item': (item, flag) => ({ ...item, [flag]: true }),
    'in metadata': (item, flag) => ({ ...item, metadata: { [flag]: true } }),
  },
});

test.each([
  ['function_call', 'function_call_output', 'result'],
  ['custom_tool_call', 'custom_tool_call_output', 'result'],
  ['computer_call', 'computer_call_output', 'other'],
  ['shell_call', 'shell_call_output', 'result'],
  ['local_shell_call', 'local_shell_call_output', 'result'],
  ['apply_patch_call', 'apply_patch_call_output', 'result'],
  ['program', 'program_output', 'result'],
])('pairs a %s with its %s by call_id', (call, result, kind) => {
  const opening = responses.inspect({ type: call, call_id: 'c1' });
  const closing = responses.inspect({ type: result, call_id: 'c1', output: 'done' });
  expect(opening).toMatchObject({ kind: 'call', role: 'assistant' });
  expect(closing).toMatchObject({ kind, role: 'tool', answers: opening.calls });
  expect(opening.calls).toContain('c1');
});

test('pairs the output of a local shell that names the call by its own id', () => {
  const output = { type: 'local_shell_call_output', id: 'call_1', output: '{}' };
  expect(responses.inspect(output).answers).toEqual(['call_1']);
});

test('ties an approval to its request, and the call to both', () => {
  const request = { type: 'mcp_approval_request', id: 'mcpr_1', name: 'delete', arguments: '{}' };
  const given = { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true };
  const call = { type: 'mcp_call', id: 'mcp_1', name: 'delete', approval_request_id: 'mcpr_1' };
  expect(responses.inspect(request)).toMatchObject({ kind: 'call', calls: ['mcpr_1'], tool: 'delete' });
  expect(responses.inspect(given)).toMatchObject({ kind: 'other', role: 'tool', answers: ['mcpr_1'] });
  expect(responses.inspect(call)).toMatchObject({ kind: 'call', calls: [], answers: ['mcpr_1'] });
});

test('counts the pictures of an output and takes them out when it is cleared', () => {
  const item = {
    type: 'function_call_output',
    call_id: 'c',
    output: [
      { type: 'input_text', text: 'seen' },
      { type: 'input_image', image_url: 'https://example.org/a.png' },
    ],
  };
  expect(responses.inspect(item)).toMatchObject({ text: 'seen', mediaCount: 1 });
  expect(responses.replaceText(item, 'short')).toEqual({
    ...item,
    output: [{ type: 'input_text', text: 'short' }],
  });
});

test('does not weigh encrypted reasoning as text', () => {
  const item = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA'.repeat(100) };
  expect(responses.inspect(item)).toMatchObject({ kind: 'reasoning', text: '' });
});

test('passes a reference to an item of the server through', () => {
  const item = { id: 'msg_1', type: null };
  expect(responses.inspect(item)).toMatchObject({ kind: 'other', calls: [], answers: [] });
  expect(responses.replaceText(item, 'short')).toBe(item);
});
