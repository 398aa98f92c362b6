import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dialect } from '../dialect.ts';
import type { ItemView } from '../item-view.ts';

export type DialectSubject = {
  readonly dialect: Dialect<object>;
  /** Items that the format's provider accepts. */
  readonly items: fc.Arbitrary<object>;
  /** What an item's kind is told by, and its values: `type` or `role`. */
  readonly discriminant: { readonly key: string; readonly values: readonly string[] };
  /** The fields that may hold a payload: all others survive an edit. */
  readonly payload: readonly string[];
  /** Each way in which a caller may mark an item. */
  readonly marks: Readonly<Record<string, (item: object, flag: string) => object>>;
};

/** What every dialect owes the engine. */
export function describeDialect({ dialect, items, discriminant, payload, marks }: DialectSubject): void {
  const odd = fc.oneof(
    items,
    fc
      .tuple(items, fc.dictionary(fc.constantFrom(...oddKeys), fc.anything()))
      .map(([item, fields]) => ({ ...item, ...fields })),
    fc
      .tuple(
        fc.constantFrom(...discriminant.values),
        fc.dictionary(fc.constantFrom(...oddKeys), fc.anything()),
      )
      .map(([value, fields]) => ({ ...fields, [discriminant.key]: value })),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a session may hold anything at all
    fc.anything({ withBigInt: true, withNullPrototype: true, withDate: true }) as fc.Arbitrary<object>,
  );
  const texts = fc.oneof(fc.string({ minLength: 1 }), fc.constant('[cleared]\nCall the tool again.'));
  const flags = fc.constantFrom('protected', 'pinned', 'keep this');

  describe(`the dialect ${dialect.name}`, () => {
    test('reads and edits any item without a throw, and never changes it', () => {
      fc.assert(
        fc.property(odd, texts, flags, (item, text, flag) => {
          const before = fc.stringify(item);
          deepFreeze(item);
          expectView(dialect.inspect(item));
          dialect.replaceText(item, text);
          dialect.clearMedia?.(item);
          dialect.clearInput?.(item);
          expect(dialect.hasFlag(dialect.withoutFlag(item, flag), flag)).toBe(false);
          expect(fc.stringify(item)).toBe(before);
        }),
        { numRuns: 1000 },
      );
    });

    test('views an item of an unknown type as other, weighs its JSON and passes it through', () => {
      fc.assert(
        fc.property(fc.dictionary(fc.string(), fc.jsonValue()), texts, (fields, text) => {
          const item = { ...fields, [discriminant.key]: 'of_another_year' };
          expect(dialect.inspect(item)).toMatchObject({
            kind: 'other',
            calls: [],
            answers: [],
            mediaCount: 0,
          });
          expect(dialect.inspect(item).text).toBe(JSON.stringify(item));
          expect(dialect.replaceText(item, text)).toBe(item);
          expect(dialect.clearMedia?.(item)).toBe(item);
          expect(dialect.clearInput?.(item)).toBe(item);
        }),
      );
    });

    test('knows the type of every valid item, and the ids of a call and of a result', () => {
      fc.assert(
        fc.property(items, (item) => {
          const view = dialect.inspect(item);
          expectView(view);
          expect(view.text + String(view.mediaCount)).not.toBe('0');
          if (view.kind === 'result') expect(view.answers.length).toBeGreaterThan(0);
        }),
      );
    });

    test('makes one text of a message and of a result, and leaves every other item alone', () => {
      fc.assert(
        fc.property(items, texts, (item, text) => {
          const edited = dialect.replaceText(item, text);
          const { kind } = dialect.inspect(item);
          if (kind === 'message' || kind === 'result') {
            const { media: _media, sealedTokens: _sealed, ...view } = dialect.inspect(item);
            expect(dialect.inspect(edited)).toEqual({ ...view, text, mediaCount: 0 });
            expect(dialect.replaceText(edited, text)).toEqual(edited);
          } else {
            expect(edited).toBe(item);
          }
        }),
        { numRuns: 500 },
      );
    });

    test('puts a note in the place of each picture and file, and keeps the words beside them', () => {
      fc.assert(
        fc.property(items, fc.jsonValue(), (item, value) => {
          const given = deepFreeze({ ...item, future_field: value });
          const cleared = dialect.clearMedia?.(given) ?? given;
          const before = dialect.inspect(given);
          const after = dialect.inspect(cleared);
          if (before.mediaCount === 0) expect(cleared).toBe(given);
          expect(dialect.clearMedia?.(cleared)).toBe(cleared);
          expect(tiesOf(after)).toEqual(tiesOf(before));
          const words = before.text.split('\n').filter((line) => line !== '');
          expect(after.text.split('\n')).toEqual(expect.arrayContaining(words));
          expect(without(cleared, payload)).toEqual(without(given, payload));
        }),
        { numRuns: 500 },
      );
    });

    test('clears the arguments of a call, and keeps its ids and its tool', () => {
      fc.assert(
        fc.property(items, fc.jsonValue(), (item, value) => {
          const given = deepFreeze({ ...item, future_field: value });
          const cleared = dialect.clearInput?.(given) ?? given;
          const [before, after] = [dialect.inspect(given), dialect.inspect(cleared)];
          if (before.kind !== 'call') expect(cleared).toBe(given);
          expect(dialect.clearInput?.(cleared)).toBe(cleared);
          expect(tiesOf(after)).toEqual(tiesOf(before));
          const fields = [...payload, ...inputFields];
          expect(without(cleared, fields)).toEqual(without(given, fields));
        }),
        { numRuns: 500 },
      );
    });

    test('keeps every field that it does not edit, those that it does not know included', () => {
      fc.assert(
        fc.property(items, fc.jsonValue(), texts, flags, (item, value, text, flag) => {
          const extended = { ...item, future_field: value };
          expect(without(dialect.replaceText(extended, text), payload)).toEqual(without(extended, payload));
          expect(dialect.withoutFlag(extended, flag)).toBe(extended);
        }),
      );
    });

    test.each(Object.entries(marks))(
      'sees a mark %s, and takes off that and nothing else',
      (_where, mark) => {
        fc.assert(
          fc.property(items, flags, (item, flag) => {
            expect(dialect.hasFlag(item, flag)).toBe(false);
            expect(dialect.withoutFlag(item, flag)).toBe(item);

            const marked = deepFreeze(mark(item, flag));
            expect(dialect.hasFlag(marked, flag)).toBe(true);
            expect(dialect.hasFlag(marked, `${flag}-not`)).toBe(false);
            const left = dialect.withoutFlag(marked, flag);
            expect(left).toEqual(item);
            expect(dialect.withoutFlag(left, flag)).toBe(left);
          }),
        );
      },
    );

    test('takes off all marks at once', () => {
      fc.assert(
        fc.property(items, flags, (item, flag) => {
          const marked = Object.values(marks).reduce((sum, mark) => mark(sum, flag), item);
          expect(dialect.withoutFlag(marked, flag)).toEqual(item);
        }),
      );
    });

    test.each([{ protected: false }, { protected: 'yes' }, { metadata: { protected: 1 } }])(
      'takes %j for no mark, and does not send it either',
      (fields) => {
        fc.assert(
          fc.property(items, (item) => {
            const unmarked = deepFreeze({ ...item, ...fields });
            expect(dialect.hasFlag(unmarked, 'protected')).toBe(false);
            expect(dialect.withoutFlag(unmarked, 'protected')).toEqual(item);
          }),
        );
      },
    );

    test.each(['assistant', 'user'] as const)('writes a message of the %s that it reads back', (role) => {
      fc.assert(
        fc.property(texts, (text) => {
          const view = { kind: 'message', role, calls: [], answers: [], text, mediaCount: 0 };
          expect(dialect.inspect(dialect.message(role, text))).toEqual(view);
        }),
      );
    });
  });
}

const inputFields = ['arguments', 'input', 'action', 'actions', 'operation', 'tool_calls', 'function_call'];

/** What binds an item to others: no edit may change it. */
function tiesOf({ kind, role, calls, answers, tool, toolOf }: ItemView): object {
  return { kind, role, calls, answers, tool, toolOf };
}

const oddKeys = [
  'type',
  'role',
  'content',
  'output',
  'name',
  'callId',
  'call_id',
  'arguments',
  'action',
  'actions',
  'operation',
  'code',
  'tools',
  'caller',
  'providerData',
  'metadata',
  'rawContent',
  'id',
  'status',
  'tool_calls',
  'tool_call_id',
  'function_call',
  'refusal',
  'audio',
  'protected',
];

function expectView(view: ItemView): void {
  expect(['message', 'reasoning', 'call', 'result', 'other']).toContain(view.kind);
  expect(['system', 'developer', 'user', 'assistant', 'tool']).toContain(view.role);
  expect(view.text).toBeTypeOf('string');
  expect(view.mediaCount).toBeGreaterThanOrEqual(0);
  for (const id of [...view.calls, ...view.answers]) expect(id).toMatch(/./s);
}

function without(item: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(item).filter(([key]) => !keys.includes(key)));
}

function deepFreeze<TValue>(value: TValue): TValue {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
