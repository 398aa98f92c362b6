import { Tiktoken } from 'js-tiktoken/lite';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { describe, expect, test } from 'vitest';
import { CharacterCounter } from './character-counter.ts';
import { TiktokenCounter } from './tiktoken-counter.ts';

const oracles = { o200k_base: new Tiktoken(o200k), cl100k_base: new Tiktoken(cl100k) };

const chinese =
  '在每次调用模型之前，引擎都会检查上下文窗口的用量。如果超过阈值，就先清除旧的工具输出，再写摘要；用户的约束、文件路径和未完成的任务必须逐字保留。';
const japanese =
  'モデルを呼び出すたびにコンテキストの使用量を確かめ、しきい値を超えたら古いツールの出力を消してから要約を書きます。ユーザーの制約とファイルパスはそのまま残します。';
const korean =
  '모델을 호출하기 전에 매번 컨텍스트 창의 사용량을 확인하고, 임계값을 넘으면 오래된 도구 출력을 먼저 지운 다음 요약을 작성합니다. 사용자의 제약과 파일 경로는 그대로 유지됩니다.';
const code = `export function windowOf(limitTokens: number, policy: CompactPolicy): Window {
  const budget = limitTokens - policy.hardCapBuffer; // never used
  return { limitTokens, triggerTokens: Math.min(budget, Math.floor(limitTokens * policy.triggerPct)) };
}
`;
const schema = JSON.stringify({
  type: 'function',
  function: {
    name: 'read_file',
    description: 'Reads a file.',
    parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
  },
});

const texts: Readonly<Record<string, string>> = {
  Chinese: chinese.repeat(20),
  Japanese: japanese.repeat(20),
  Korean: korean.repeat(20),
  'all three, between code': `${chinese}\n${code}\n${japanese}\n${code}${korean}`.repeat(12),
  code: code.repeat(60),
  'tool schemas': schema.repeat(60),
  'numbers and dates': Array.from(
    { length: 900 },
    (_, index) => `${index * 7919}, 2026-0${(index % 9) + 1}-11`,
  ).join('\n'),
  'emoji and marks': '👩‍💻 naïve Å é 🇩🇪 — “so” … '.repeat(120),
  'a log with long lines': `${'GET /a/b?c=1&d=%20 200 12ms '.repeat(30)}\n`.repeat(12),
};

describe.each(['o200k_base', 'cl100k_base'] as const)('the counter with %s', (encoding) => {
  const counter = new TiktokenCounter({ encoding });
  const exact = (text: string) => oracles[encoding].encode(text, [], []).length;

  test.each(Object.entries(texts))('is exact on %s', (_what, text) => {
    expect(counter.count(text)).toBe(exact(text));
  });

  test.each([
    ['one letter', 'a'.repeat(1500)],
    ['one Chinese sign', '好'.repeat(1100)],
    ['Chinese without a stop', chinese.replace(/[，。；]/gu, '').repeat(17)],
    ['Japanese without a stop', japanese.replace(/[、。]/gu, '').repeat(14)],
    ['blanks', ' '.repeat(1500)],
    ['line ends', '\n'.repeat(1500)],
    ['halves of surrogate pairs', '\ud83d'.repeat(400)],
    ['hexadecimal', scrambled(1500, '0123456789abcdef')],
    ['base64', scrambled(1500, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')],
    ['no spaces', scrambled(1500, 'etaoinshrdlu')],
  ])('is within two percent on a run of %s', (_what, text) => {
    const tokens = exact(text);
    expect(Math.abs(counter.count(text) - tokens)).toBeLessThanOrEqual(0.02 * tokens);
  });
});

test.each(Object.entries(texts))('the estimate by characters is at most 60 % off on %s', (_what, text) => {
  const tokens = oracles.o200k_base.encode(text, [], []).length;
  expect(Math.abs(new CharacterCounter().count(text) - tokens) / tokens).toBeLessThan(0.6);
});

/** Looks random and is the same each time. */
function scrambled(length: number, alphabet: string): string {
  let state = 7;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return alphabet[Math.floor((state / 2 ** 32) * alphabet.length)];
  }).join('');
}
