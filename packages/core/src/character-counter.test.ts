import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CharacterCounter } from './character-counter.ts';
import { TiktokenCounter } from './tiktoken-counter.ts';

const counter = new CharacterCounter();
const tokenizer = new TiktokenCounter();

test('says that its figures are estimates', () => {
  expect(counter).toMatchObject({ name: 'characters', basis: 'estimate' });
});

test('counts nothing for nothing and something for anything', () => {
  expect(counter.count('')).toBe(0);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      expect(counter.count(text)).toBeGreaterThanOrEqual(1);
    }),
  );
});

test('grows with the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (left, right) => {
      expect(counter.count(left + right)).toBeGreaterThanOrEqual(counter.count(left));
    }),
  );
});

test.each([
  ['English', 'The build failed because the lock file was out of date, so the agent installed it again.'],
  ['code', 'export function isVisible(fate: Fate): boolean {\n  return fate !== "dropped";\n}\n'],
  ['JSON', '{"path":"src/engine.ts","lines":[120,148],"pattern":"compact","limit":50}'],
  ['Chinese', '请检查服务器日志中的错误信息，然后重新启动数据库服务。'],
  ['Japanese', 'データベースの接続設定を変更する必要があります。'],
  ['Korean', '서버 로그를 확인하고 오류가 발생한 원인을 조사해 주세요.'],
  ['emoji', '😀🎉🚀✅❌🔥'],
])('is within 55 percent of the tokenizer on %s', (_script, text) => {
  const ratio = counter.count(text) / tokenizer.count(text);
  expect(ratio).toBeGreaterThan(0.65);
  expect(ratio).toBeLessThan(1.55);
});
