import { TiktokenCounter, chat } from '@clew/core';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { recountOf } from './recount.ts';
import { sessionOf, textOf } from './session.ts';
import type { Line } from './line.ts';
import { timePairs } from './timing.ts';

const counter = new TiktokenCounter();

/** The texts of a session of some 300,000 tokens, counted by three. */
export async function firstCount(): Promise<readonly Line[]> {
  const texts = sessionOf(4000).map((item) => chat.inspect(item).text);
  const sum = (count: (text: string) => number) => texts.reduce((total, text) => total + count(text), 0);
  const own = () => sum((text) => counter.count(text));
  const tiktoken = () => recountOf(texts);
  const gpt = () => sum((text) => countTokens(text));
  const [ours, theirs, others] = await timePairs(5, [own, tiktoken, gpt]);
  const tokens = own();
  if (tokens !== tiktoken() || tokens !== gpt()) throw new Error('the counts differ');
  const name = `${tokens} tokens in 4000 texts, the same count`;
  return [
    { name, ours, peer: { name: 'js-tiktoken', timing: theirs } },
    { name, ours, peer: { name: 'gpt-tokenizer', timing: others } },
  ];
}

const megabyte = 1_000_000;

const hostileTexts: Readonly<Record<string, string>> = {
  'one letter': 'a'.repeat(megabyte),
  'no spaces': textOf(megabyte, 1).replaceAll(' ', ''),
  base64: btoa(textOf((megabyte / 4) * 3, 2)),
  'lone surrogates': '\uD800'.repeat(megabyte),
  ideographs: '日本語漢字'.repeat(megabyte / 5),
};

/** How long our counter takes for each million UTF-16 units that are made to be slow. */
export async function hostileCounts(): Promise<readonly Line[]> {
  const texts = Object.entries(hostileTexts);
  const timings = await timePairs(
    3,
    texts.map(
      ([, text]) =>
        () =>
          counter.count(text),
    ),
  );
  return texts.map(([name, text], index) => {
    const megabytes = new TextEncoder().encode(text).length / megabyte;
    return {
      name: `${megabytes.toFixed(1)} MB of ${name}`,
      ours: timings[index],
      asked: (200 * megabytes).toFixed(0),
    };
  });
}
