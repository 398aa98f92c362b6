import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor, isSensitiveKey } from './index.ts';

const redactor = createRedactor();
const R = '<REDACTED>';
const secret = ['ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');

test('values, keys and lists are redacted, and counted', () => {
  const value = {
    note: `uses ${secret}`,
    list: ['x', secret],
    [secret]: 1,
    deep: { ok: true, n: 3, none: null },
  };
  expect(redactor.tree(value)).toEqual({
    value: { note: `uses ${R}`, list: ['x', R], [R]: 1, deep: { ok: true, n: 3, none: null } },
    count: 3,
  });
  expect(value.note).toContain(secret);
});

test('two keys that were secrets stay two', () => {
  const other = secret.replace('a1', 'z9');
  expect(redactor.tree({ [secret]: 1, [other]: 2 }).value).toEqual({ [R]: 1, [`${R} 2`]: 2 });
});

test('a string below a key that names a secret goes whole, also in a list', () => {
  expect(
    redactor.tree({
      password: 'x',
      'http.request.header.authorization': ['opaque'],
      apiKey: 'y',
      tokens: 'z',
      token: 7,
      secret: '',
    }),
  ).toEqual({
    value: {
      password: R,
      'http.request.header.authorization': [R],
      apiKey: R,
      tokens: 'z',
      token: 7,
      secret: '',
    },
    count: 3,
  });
});

test('the same list is judged by each of its places', () => {
  const list = ['word'];
  expect(redactor.tree({ plain: list, password: list }).value).toEqual({ plain: ['word'], password: [R] });
});

test('only what changes is copied', () => {
  const same = { a: [1, 'b'], when: new Date(0), bytes: new Uint8Array(2) };
  const value = { same, changed: [secret] };
  const redacted = redactor.tree(value).value;
  expect(redacted.same).toBe(same);
  expect(redacted.changed).not.toBe(value.changed);
  expect(redactor.tree(same).value).toBe(same);
});

test('a cycle and a tower do not break it', () => {
  const cycle: Record<string, unknown> = { text: secret };
  cycle['self'] = cycle;
  expect(redactor.tree(cycle).value).toEqual({ text: R, self: R });
  let tower: unknown = secret;
  for (let level = 0; level < 50_000; level += 1) {
    tower = [tower];
  }
  expect(JSON.stringify(redactor.tree(tower).value)).not.toContain(secret);
  let doubled: unknown = secret;
  for (let level = 0; level < 60; level += 1) {
    doubled = [doubled, doubled];
  }
  expect(redactor.tree(doubled).count).toBe(2);
});

test('a key named __proto__ is data like any other', () => {
  const value: unknown = JSON.parse(`{"__proto__": {"text": "${secret}"}}`);
  expect(JSON.stringify(redactor.tree(value).value)).toBe(`{"__proto__":{"text":"${R}"}}`);
});

test('on any JSON: no secret is left, nothing else changes, and twice is once', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
      const { value, count } = redactor.tree({ left, mid: secret, right });
      expect(JSON.stringify(value)).not.toContain(secret);
      expect(count).toBeGreaterThan(0);
      const again = redactor.tree(value);
      expect(again).toEqual({ value, count: 0 });
      expect(again.value).toBe(value);
    }),
  );
});

describe('names of secrets', () => {
  test.each([
    'password',
    'DB_PASSWORD',
    'apiKey',
    'APIKey',
    'x-api-key',
    'aws_secret_access_key',
    'refreshToken',
    'Set-Cookie',
  ])('%s is one', (key) => expect(isSensitiveKey(key)).toBe(true));
  test.each([
    'tokens',
    'max_tokens',
    'gen_ai.token.type',
    'tokenizer',
    'key',
    'primary_key',
    'secretary',
    '',
    'password_policy',
  ])('%s is none', (key) => expect(isSensitiveKey(key)).toBe(false));
});
