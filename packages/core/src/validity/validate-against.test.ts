import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect.ts';
import { agents } from '../dialects/agents-dialect.ts';
import { anthropic } from '../dialects/anthropic-dialect.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { responses } from '../dialects/responses-dialect.ts';
import { CompactManager } from '../manager.ts';
import { histories } from '../testing/histories.fixture.ts';
import type { Validity } from './validity.ts';

const dialects: readonly (readonly [keyof typeof histories, Dialect<object> & Validity<object>])[] = [
  ['agents', agents],
  ['responses', responses],
  ['chat', chat],
  ['anthropic', anthropic],
];

describe.each(dialects)('a list of %s against the one that it comes from', (name, dialect) => {
  test('has nothing new where nothing was done to it, whatever was wrong before', () => {
    fc.assert(
      fc.property(histories[name], fc.array(fc.nat(), { maxLength: 4 }), (history, holes) => {
        const items = holes.reduce((list, at) => list.toSpliced(at % (list.length + 1), 1), history.flat());
        expect(dialect.validate(items, items)).toEqual([]);
      }),
    );
  });

  test('has what is wrong with it where the input was right', () => {
    fc.assert(
      fc.property(histories[name], fc.nat(), (history, at) => {
        const input = history.flat();
        const items = input.toSpliced(at % input.length, 1);
        const found = dialect.validate(items, input).map(({ rule }) => rule);
        expect(found).toEqual(expect.arrayContaining(dialect.validate(items).map(({ rule }) => rule)));
      }),
    );
  });
});

const rules = (defects: readonly { readonly rule: string; readonly index: number }[]) =>
  defects.map(({ index, rule }) => [index, rule]);

describe('a call that had its reasoning', () => {
  const input = [
    { role: 'user', content: 'x' },
    { type: 'reasoning', id: 'rs_1', summary: [] },
    { type: 'function_call', call_id: 'c1', name: 'read', arguments: '{"path":"a"}' },
    { type: 'function_call_output', call_id: 'c1', output: 'done' },
  ];
  const without = input.toSpliced(1, 1);

  test('may not stay without it, and no list by itself shows that', () => {
    expect(rules(responses.validate(without, input))).toEqual([[1, 'call_without_reasoning']]);
    expect(responses.validate(without)).toEqual([]);
    expect(responses.validate(without, without)).toEqual([]);
  });

  test('may leave with it, and may lose its arguments', () => {
    expect(responses.validate(input.slice(0, 1), input)).toEqual([]);
    const cleared = input.map((item) => responses.clearInput?.(item) ?? item);
    expect(cleared).not.toEqual(input);
    expect(responses.validate(cleared, input)).toEqual([]);
  });
});

describe('tools that Anthropic runs', () => {
  const user = { role: 'user', content: 'Search.' };
  const use = { type: 'server_tool_use', id: 'srv', name: 'web_search', input: { query: 'x' } };
  const found = { type: 'web_search_tool_result', tool_use_id: 'srv', content: [] };
  const words = { type: 'text', text: 'Here.' };
  const said = (...content: object[]) => ({ role: 'assistant', content });

  test.each<[string, object[], unknown[]]>([
    ['a search and what it found', [user, said(use, found, words)], []],
    ['a search that goes on in the next answer', [user, said(use), user, said(found, words)], []],
    ['a turn that is paused', [user, said(use)], []],
    ['a result without its search', [user, said(found, words)], [[1, 'server_result_without_call']]],
    ['a result before its search', [user, said(found, use)], [[1, 'server_result_without_call']]],
    [
      'a search without result, long ago',
      [user, said(use, words), user, said(words)],
      [[1, 'server_call_without_result']],
    ],
    ['a text without a word', [user, said({ type: 'text', text: ' ' }, words)], [[1, 'empty_text']]],
  ])('%s', (_what, items, defects) => {
    expect(rules(anthropic.validate(items))).toEqual(defects);
    const { items: mended, changes } = anthropic.repair(items);
    expect(anthropic.validate(mended)).toEqual([]);
    expect(changes.length > 0).toBe(defects.length > 0);
  });
});

describe('thinking before a call', () => {
  const thinking = { type: 'thinking', thinking: 'Hm.', signature: 's' };
  const use = { type: 'tool_use', id: 't', name: 'read', input: { path: 'a' } };
  const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'done' }] };
  const history = (...content: object[]) => [
    { role: 'user', content: 'x' },
    { role: 'assistant', content },
    result,
  ];
  const input = history(thinking, use);

  test.each<[string, object[], unknown[]]>([
    ['unchanged, with empty arguments', history(thinking, { ...use, input: {} }), []],
    ['gone', history(use), [[1, 'thinking_changed']]],
    ['shortened', history({ ...thinking, thinking: 'H' }, use), [[1, 'thinking_changed']]],
    ['behind a text', history({ type: 'text', text: 'So.' }, thinking, use), [[1, 'thinking_changed']]],
    ['gone with its call', [{ role: 'user', content: 'x' }], []],
  ])('%s', (_what, items, defects) => {
    expect(rules(anthropic.validate(items, input))).toEqual(defects);
  });

  test('was never there for a caller who thinks without it', () => {
    expect(anthropic.validate(history(use), history(use))).toEqual([]);
  });
});

test('two of one role in a row are no news to a caller whose host takes them', () => {
  const twice = [
    { role: 'user', content: 'x' },
    { role: 'user', content: 'y' },
  ];
  expect(rules(anthropic.validate(twice))).toEqual([[1, 'alternation']]);
  expect(anthropic.validate([...twice, ...twice], twice)).toEqual([]);
  expect(rules(anthropic.validate(twice, twice.slice(0, 1)))).toEqual([[1, 'alternation']]);
});

test('a plan that the provider would refuse is refused by the engine, and the items stay as they were', async () => {
  const picky: Dialect<object> = {
    ...chat,
    validate: (items, input) =>
      items.length < (input?.length ?? 0) ? [{ index: 0, rule: 'too_short', message: 'says the host' }] : [],
  };
  const items = Array.from({ length: 40 }, (_, index) => ({
    role: index % 2 === 0 ? 'user' : 'assistant',
    content: `${index} ${'word '.repeat(60)}`,
  }));
  const manager = new CompactManager<object>({
    model: 'gpt-5',
    maxContextTokens: 3000,
    dialect: picky,
    policy: { hardCapBuffer: 0, ladder: ['window'] },
  });
  const result = await manager.preflight({ sessionId: 's', items });
  expect(result).toMatchObject({ outcome: 'invalid', advice: 'too_short at 0: says the host' });
  expect(result.items).toEqual(items);
});
