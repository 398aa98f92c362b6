import { TiktokenCounter, chat } from '@clew/core';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { getEncoding } from 'js-tiktoken';
import { sessionOf, textOf } from './session.ts';
import { timePairs } from './timing.ts';
import type { Timing } from './timing.ts';

export type Count = { readonly tokens: number; readonly timing: Timing };

const counter = new TiktokenCounter();
const peer = getEncoding('o200k_base');

/** The texts of a session of some 300,000 tokens, counted by three. */
export async function firstCount(): Promise<
  Readonly<Record<'ours' | 'js-tiktoken' | 'gpt-tokenizer', Count>>
> {
  const texts = sessionOf(4000).map((item) => chat.inspect(item).text);
  const sum = (count: (text: string) => number) => texts.reduce((total, text) => total + count(text), 0);
  const counts = {
    ours: () => sum((text) => counter.count(text)),
    'js-tiktoken': () => sum((text) => peer.encode(text, [], []).length),
    'gpt-tokenizer': () => sum((text) => countTokens(text)),
  };
  const [ours, tiktoken, gpt] = await timePairs(3, Object.values(counts));
  const nothing = { medianMillis: Number.NaN, p95Millis: Number.NaN };
  return {
    ours: { tokens: counts.ours(), timing: ours ?? nothing },
    'js-tiktoken': { tokens: counts['js-tiktoken'](), timing: tiktoken ?? nothing },
    'gpt-tokenizer': { tokens: counts['gpt-tokenizer'](), timing: gpt ?? nothing },
  };
}

const megabyte = 1_000_000;

const hostileTexts: Readonly<Record<string, string>> = {
  'one letter': 'a'.repeat(megabyte),
  'no spaces': textOf(megabyte, 1).replaceAll(' ', ''),
  base64: btoa(textOf((megabyte / 4) * 3, 2)),
  'lone surrogates': '\uD800'.repeat(megabyte),
  ideographs: '日本語漢字'.repeat(megabyte / 5),
};

/** How long our counter takes for each million units that are made to be slow. */
export async function hostileCounts(): Promise<readonly (readonly [string, Timing])[]> {
  const names = Object.keys(hostileTexts);
  const timings = await timePairs(
    3,
    Object.values(hostileTexts).map((text) => () => counter.count(text)),
  );
  return names.flatMap((name, index) => {
    const timing = timings[index];
    return timing === undefined ? [] : [[name, timing] as const];
  });
}
