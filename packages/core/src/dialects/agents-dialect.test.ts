import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agentItems, anyAgentItem } from '../testing/agent-items.fixture.ts';
import { describeDialect } from '../testing/dialect-contract.fixture.ts';
import { agents } from './agents-dialect.ts';
import { fieldsOf } from './fields-of.ts';

describeDialect({
  dialect: agents,
  items: anyAgentItem,
  discriminant: { key: 'type', values: Object.keys(agentItems) },
  payload: ['content', 'output'],
  marks: {
    'on the item': (item, flag) => ({ ...item, [flag]: true }),
    'in metadata': (item, flag) => ({ ...item, metadata: { [flag]: true } }),
    'in providerData': (item, flag) => ({
      ...item,
      providerData: { ...fieldsOf(fieldsOf(item).providerData), [flag]: true },
    }),
    'in providerData.compact': (item, flag) => {
      const provider = fieldsOf(fieldsOf(item).providerData);
      return {
        ...item,
        providerData: { ...provider, compact: { ...fieldsOf(provider.compact), [flag]: true } },
      };
    },
  },
});

const kinds = {
  message: 'message',
  reasoning: 'reasoning',
  function_call: 'call',
  function_call_result: 'result',
  computer_call: 'call',
  computer_call_result: 'other',
  shell_call: 'call',
  shell_call_output: 'result',
  apply_patch_call: 'call',
  apply_patch_call_output: 'result',
  program: 'call',
  program_output: 'result',
  tool_search_call: 'call',
  tool_search_output: 'other',
  compaction: 'other',
  unknown: 'other',
} as const;

test.each(Object.entries(kinds))('views every %s as kind %s', (type, kind) => {
  fc.assert(
    fc.property(agentItems[type as keyof typeof kinds], (item) => {
      expect(agents.inspect(item).kind).toBe(kind);
    }),
  );
});

test.each([
  ['function_call', 'function_call_result'],
  ['computer_call', 'computer_call_result'],
  ['shell_call', 'shell_call_output'],
  ['apply_patch_call', 'apply_patch_call_output'],
  ['program', 'program_output'],
] as const)('pairs a %s with its %s by callId', (call, result) => {
  fc.assert(
    fc.property(
      agentItems[call],
      agentItems[result],
      fc.string({ minLength: 1 }),
      (opening, closing, callId) => {
        const { calls } = agents.inspect({ ...opening, callId });
        const { answers } = agents.inspect({ ...closing, callId });
        expect(calls).toContain(callId);
        expect(answers).toEqual(calls);
      },
    ),
  );
});

describe('a program', () => {
  const program = { type: 'program', callId: 'p1', code: 'await read()', fingerprint: 'f' };
  const caller = { type: 'program', callerId: 'p1' };
  const children = [
    { type: 'function_call', callId: 'c1', name: 'read', arguments: '{}', caller },
    { type: 'shell_call', callId: 's1', action: { commands: ['ls'] }, caller },
    { type: 'hosted_tool_call', name: 'web_search_call', caller },
  ];

  test.each(children)('is answered by its child $type, which still leaves it pending', (child) => {
    const { calls } = agents.inspect(program);
    const { answers } = agents.inspect(child);
    expect(answers).toHaveLength(1);
    expect(calls).toEqual(expect.arrayContaining([...answers]));
    expect(answers).not.toContain('p1');
  });

  test('has no tie to a call that the model made itself', () => {
    const direct = {
      type: 'function_call',
      callId: 'c1',
      name: 'read',
      arguments: '{}',
      caller: { type: 'direct' },
    };
    expect(agents.inspect(direct).answers).toEqual([]);
  });
});

describe('a hosted tool call', () => {
  test('is complete in itself', () => {
    const search = {
      type: 'hosted_tool_call',
      id: 'ws_1',
      name: 'web_search_call',
      status: 'completed',
      providerData: { id: 'ws_1', type: 'web_search_call', action: { type: 'search', query: 'clew' } },
    };
    expect(agents.inspect(search)).toEqual({
      kind: 'call',
      role: 'assistant',
      tool: 'web_search_call',
      calls: [],
      answers: [],
      text: 'web_search_call({"action":{"type":"search","query":"clew"}})',
      mediaCount: 0,
    });
  });

  test('that asks for approval is answered by the response and named by the call', () => {
    const hosted = (name: string, providerData: object) =>
      agents.inspect({ type: 'hosted_tool_call', name, providerData });
    const request = hosted('mcp_approval_request', { id: 'mcpr_1', name: 'delete', arguments: '{}' });
    const response = hosted('mcp_approval_response', { approve: true, approval_request_id: 'mcpr_1' });
    const call = hosted('mcp_call', { id: 'mcp_1', name: 'delete', approval_request_id: 'mcpr_1' });
    expect(request).toMatchObject({ kind: 'call', calls: ['mcpr_1'], tool: 'delete' });
    expect(response).toMatchObject({ kind: 'other', role: 'tool', answers: ['mcpr_1'] });
    expect(call).toMatchObject({ kind: 'call', calls: [], answers: ['mcpr_1'], tool: 'delete' });
  });

  test('that drew a picture counts it as one, and not as text', () => {
    const drawn = {
      type: 'hosted_tool_call',
      name: 'image_generation_call',
      output: 'iVBORw0KGgo'.repeat(1000),
    };
    expect(agents.inspect(drawn)).toMatchObject({ text: 'image_generation_call()', mediaCount: 1 });
  });
});

test.each([
  [{ call_id: 'ts_1', execution: 'client' }, ['ts_1']],
  [{ callId: 'ts_1', execution: 'client' }, ['ts_1']],
  [{ providerData: { call_id: 'ts_1' } }, ['ts_1']],
  [{ id: 'tsc_1', call_id: null, execution: 'client' }, ['tsc_1']],
  [{ id: 'tsc_1', call_id: null, execution: 'server' }, []],
])('opens with the tool search %j the calls %j', (fields, calls) => {
  expect(agents.inspect({ type: 'tool_search_call', arguments: {}, ...fields }).calls).toEqual(calls);
});

test.each<[string, object, string, number]>([
  ['a call', { type: 'function_call', callId: 'c', name: 'read', arguments: '{"a":1}' }, 'read({"a":1})', 0],
  [
    'a shell call',
    { type: 'shell_call', callId: 'c', action: { commands: ['cd /', 'ls'] } },
    'shell(cd /\nls)',
    0,
  ],
  [
    'a patch',
    { type: 'apply_patch_call', callId: 'c', operation: { type: 'update_file', path: 'a.ts', diff: '+1' } },
    'apply_patch(update_file a.ts\n+1)',
    0,
  ],
  [
    'a shell output',
    {
      type: 'shell_call_output',
      callId: 'c',
      output: [
        { stdout: 'one', stderr: '', outcome: { type: 'exit', exitCode: 0 } },
        { stdout: '', stderr: 'two', outcome: { type: 'exit', exitCode: 1 } },
      ],
    },
    'one\ntwo',
    0,
  ],
  [
    'a command that printed nothing',
    {
      type: 'shell_call_output',
      callId: 'c',
      output: [{ stdout: '', stderr: '', outcome: { type: 'timeout' } }],
    },
    '{"type":"timeout"}',
    0,
  ],
  [
    'a result with a picture',
    {
      type: 'function_call_result',
      callId: 'c',
      name: 'look',
      output: [
        { type: 'input_text', text: 'seen' },
        { type: 'input_image', image: 'iVBORw0KGgo' },
      ],
    },
    'seen',
    1,
  ],
  [
    'a screenshot',
    {
      type: 'computer_call_result',
      callId: 'c',
      output: { type: 'computer_screenshot', data: 'iVBORw0KGgo' },
    },
    '',
    1,
  ],
  [
    'reasoning',
    {
      type: 'reasoning',
      content: [{ type: 'input_text', text: 'so' }],
      rawContent: [{ type: 'reasoning_text', text: 'then' }],
      providerData: { encryptedContent: 'gAAAA' },
    },
    'so\nthen',
    0,
  ],
])('shows of %s what the model reads', (_what, item, text, mediaCount) => {
  expect(agents.inspect(item)).toMatchObject({ text, mediaCount });
});

test.each<[string, object, object]>([
  ['a string', { output: 'long' }, { output: 'short' }],
  ['a text', { output: { type: 'text', text: 'long' } }, { output: { type: 'text', text: 'short' } }],
  ['a picture', { output: { type: 'image', image: 'iVBO' } }, { output: { type: 'text', text: 'short' } }],
  [
    'a list',
    { output: [{ type: 'input_image', image: 'iVBO' }] },
    { output: [{ type: 'input_text', text: 'short' }] },
  ],
])('replaces a result that is %s by one of its shape', (_what, before, after) => {
  const result = { type: 'function_call_result', callId: 'c', name: 'read', status: 'completed' };
  expect(agents.replaceText({ ...result, ...before }, 'short')).toEqual({ ...result, ...after });
});

test('keeps how a command ended when its output is replaced', () => {
  const outcome = { type: 'exit', exitCode: 2 };
  const output = [{ stdout: 'a', stderr: 'b', outcome, exit_signal: 'none' }];
  expect(agents.replaceText({ type: 'shell_call_output', callId: 'c', output }, 'short')).toEqual({
    type: 'shell_call_output',
    callId: 'c',
    output: [{ stdout: 'short', stderr: '', outcome, exit_signal: 'none' }],
  });
});

test('writes an assistant message as the SDK demands it, without an id', () => {
  expect(agents.message('assistant', 'hello')).toEqual({
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'hello' }],
  });
});

test('passes a message of an unknown role through', () => {
  const item = { role: 'critic', content: 'Hm.' };
  expect(agents.inspect(item)).toMatchObject({ kind: 'other', text: JSON.stringify(item) });
  expect(agents.replaceText(item, 'short')).toBe(item);
});

test('takes off a mark and leaves an empty object that held none', () => {
  const item = {
    type: 'unknown',
    metadata: {},
    providerData: { compact: { note: 'x', pinned: true }, a: 1 },
  };
  expect(agents.withoutFlag(item, 'pinned')).toEqual({
    type: 'unknown',
    metadata: {},
    providerData: { compact: { note: 'x' }, a: 1 },
  });
});
