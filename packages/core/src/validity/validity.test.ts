import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect.ts';
import { agents } from '../dialects/agents-dialect.ts';
import { anthropic } from '../dialects/anthropic-dialect.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { responses } from '../dialects/responses-dialect.ts';
import { histories } from '../testing/histories.fixture.ts';
import type { Validity } from './validity.ts';

const dialects: readonly (readonly [keyof typeof histories, Dialect<object> & Validity<object>])[] = [
  ['agents', agents],
  ['responses', responses],
  ['chat', chat],
  ['anthropic', anthropic],
];

const isUnknown = (item: object) =>
  JSON.stringify(item).includes('of_another_year') || JSON.stringify(item).includes('"critic"');

/** A history after an accident: items lost, repeated and moved. */
const accident = fc.array(
  fc.record({ kind: fc.constantFrom('drop', 'repeat', 'move'), at: fc.nat(), to: fc.nat() }),
  { maxLength: 6 },
);

function damage(items: readonly object[], accidents: readonly { kind: string; at: number; to: number }[]) {
  return accidents.reduce((list, { kind, at, to }) => {
    if (list.length === 0) return list;
    const index = at % list.length;
    if (kind === 'drop') return list.toSpliced(index, 1);
    const target = to % list.length;
    const [item] = list.slice(index, index + 1);
    if (item === undefined) return list;
    return (kind === 'move' ? list.toSpliced(index, 1) : list).toSpliced(target, 0, item);
  }, items);
}

describe.each(dialects)('the rules of %s', (name, dialect) => {
  test('find nothing in a valid history, and repair nothing', () => {
    fc.assert(
      fc.property(histories[name], (history) => {
        const items = history.flat();
        expect(dialect.validate(items)).toEqual([]);
        expect(dialect.repair(items)).toEqual({ items, changes: [] });
        expect(dialect.repair(items).items).toBe(items);
      }),
    );
  });

  test('mend any damaged history, say so, touch no unknown item, and need no second time', () => {
    fc.assert(
      fc.property(histories[name], accident, (history, accidents) => {
        const items = damage(history.flat(), accidents);
        const before = JSON.stringify(items);
        const { items: mended, changes } = dialect.repair(items);
        expect(dialect.validate(mended)).toEqual([]);
        expect(changes.length > 0).toBe(dialect.validate(items).length > 0);
        expect(dialect.repair(mended).changes).toEqual([]);
        const unknown = items.filter(isUnknown);
        expect(mended.filter(isUnknown)).toEqual(unknown);
        for (const { index } of changes) expect(index ?? 0).toBeLessThan(items.length);
        expect(JSON.stringify(items)).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  test('never throw, whatever the list holds', () => {
    fc.assert(
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a session may hold anything at all
      fc.property(fc.array(fc.anything() as fc.Arbitrary<object>), (items) => {
        dialect.validate(items);
        dialect.repair(items);
      }),
    );
  });
});

const rulesOf = (dialect: Validity<object>, items: readonly object[]) =>
  dialect.validate(items).map(({ index, rule }) => [index, rule]);

describe('the Responses API', () => {
  const call = { type: 'function_call', call_id: 'c1', name: 'read', arguments: '{}' };
  const result = { type: 'function_call_output', call_id: 'c1', output: 'done' };
  const reasoning = { type: 'reasoning', id: 'rs_1', summary: [] };

  test.each<[string, object[], unknown[]]>([
    ['a result without its call', [result], [[0, 'result_without_call']]],
    [
      'a result before its call',
      [result, call],
      [
        [0, 'result_without_call'],
        [1, 'call_without_result'],
      ],
    ],
    ['a call without its result', [call], [[0, 'call_without_result']]],
    ['two results', [call, result, result], [[2, 'duplicate_result']]],
    ['reasoning at the end', [reasoning], [[0, 'reasoning_without_item']]],
    [
      'reasoning before the user',
      [reasoning, { role: 'user', content: 'x' }],
      [[0, 'reasoning_without_item']],
    ],
    [
      'one id twice',
      [
        { id: 'a', role: 'user', content: 'x' },
        { id: 'a', role: 'user', content: 'y' },
      ],
      [[1, 'duplicate_id']],
    ],
    [
      'an approval without its request',
      [{ type: 'mcp_approval_response', approval_request_id: 'm', approve: true }],
      [[0, 'result_without_call']],
    ],
    [
      'a call of a program that is gone',
      [{ ...call, caller: { type: 'program', caller_id: 'p' } }, result],
      [[0, 'child_without_program']],
    ],
    ['a compaction without content', [{ type: 'compaction' }], [[0, 'compaction_without_content']]],
  ])('refuses %s', (_what, items, defects) => {
    expect(rulesOf(responses, items)).toEqual(defects);
    expect(rulesOf(responses, responses.repair(items).items)).toEqual([]);
  });

  test.each<[string, object[]]>([
    [
      'a request for approval that nobody has answered',
      [{ type: 'mcp_approval_request', id: 'm', name: 'x', arguments: '{}' }],
    ],
    ['a result whose call the server holds', [{ type: 'item_reference', id: 'fc_1' }, result]],
    [
      'a program that is still running',
      [
        { type: 'program', id: 'pr', call_id: 'p', code: 'x', fingerprint: 'f' },
        { ...call, caller: { type: 'program', caller_id: 'p' } },
        result,
      ],
    ],
  ])('accepts %s', (_what, items) => {
    expect(rulesOf(responses, items)).toEqual([]);
  });

  test('drops with a call the reasoning that led to it only', () => {
    const items = [{ role: 'user', content: 'x' }, reasoning, call];
    expect(responses.repair(items)).toEqual({
      items: items.slice(0, 1),
      changes: [
        {
          action: 'dropped',
          rule: 'call_without_result',
          index: 2,
          message: 'call c1 has no result behind it',
        },
        {
          action: 'dropped',
          rule: 'reasoning_without_item',
          index: 1,
          message: 'reasoning without the item that it led to',
        },
      ],
    });
  });
});

describe('Chat Completions', () => {
  const made = (...ids: string[]) => ({
    role: 'assistant',
    content: null,
    tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'read', arguments: '{}' } })),
  });
  const result = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'done' });
  const user = { role: 'user', content: 'go on' };

  test('moves a result behind its call, and takes a call without result out of its message', () => {
    const items = [made('c1', 'c2'), user, result('c1')];
    expect(rulesOf(chat, items)).toEqual([
      [0, 'call_without_result'],
      [2, 'result_not_adjacent'],
    ]);
    const { items: mended, changes } = chat.repair(items);
    expect(mended).toEqual([made('c1'), result('c1'), user]);
    expect(changes.map(({ action, index }) => [action, index])).toEqual([
      ['edited', 0],
      ['moved', 2],
    ]);
  });
});

describe('the Messages API', () => {
  const use = (...ids: string[]) => ({
    role: 'assistant',
    content: ids.map((id) => ({ type: 'tool_use', id, name: 'read', input: {} })),
  });
  const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: 'done' });
  const user = (...content: object[]) => ({ role: 'user', content });
  const words = { type: 'text', text: 'go on' };

  test.each<[string, object[], unknown[]]>([
    ['the assistant first', [{ role: 'assistant', content: 'hi' }], [[0, 'first_message']]],
    ['two users in a row', [user(words), user(words)], [[1, 'alternation']]],
    ['a result behind words', [user(words), use('t'), user(words, result('t'))], [[2, 'result_not_first']]],
    [
      'a result that comes late',
      [user(words), use('t'), user(words), { role: 'assistant', content: 'hi' }, user(result('t'))],
      [[4, 'result_not_adjacent']],
    ],
    ['a call at the end', [user(words), use('t')], [[1, 'call_without_result']]],
    [
      'two results of one call',
      [user(words), use('t'), user(result('t'), result('t'))],
      [[2, 'duplicate_result']],
    ],
    [
      'thinking at the end',
      [
        user(words),
        { role: 'assistant', content: [words, { type: 'thinking', thinking: 'x', signature: 's' }] },
      ],
      [[1, 'thinking_last']],
    ],
    ['an empty message', [user()], [[0, 'empty_message']]],
  ])('refuses %s', (_what, items, defects) => {
    expect(rulesOf(anthropic, items)).toEqual(defects);
    expect(rulesOf(anthropic, anthropic.repair(items).items)).toEqual([]);
  });

  test('keeps the thinking before a call', () => {
    const thinking = { type: 'thinking', thinking: 'x', signature: 's' };
    const call = { role: 'assistant', content: [thinking, ...use('t', 'gone').content] };
    const { items } = anthropic.repair([user(words), call, user(result('t'))]);
    expect(items[1]).toEqual({ role: 'assistant', content: [thinking, ...use('t').content] });
  });
});
