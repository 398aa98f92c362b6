import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ranking } from './ranking.ts';
import { wordsOf } from './words.ts';

describe('the words of a text', () => {
  it.each([
    ['src/readFile.ts', ['src', 'readfile', 'read', 'file', 'ts']],
    ['parse_config HTTPServer', ['parse_config', 'parse', 'config', 'httpserver', 'http', 'server']],
    ['ECONNREFUSED 127.0.0.1:5175', ['econnrefused', '127', '0', '0', '1', '5175']],
    ['日本語', ['日本', '本語']],
    ['Über Größe', ['über', 'größe']],
    ['', []],
  ])('%j', (text, words) => {
    expect([...wordsOf(text)]).toEqual(words);
  });
});

function rank(query: string, texts: readonly string[], limit = 10) {
  const ranking = new Ranking<number>(query);
  for (const [index, text] of texts.entries()) ranking.add(index, text);
  return ranking.top(limit).map(({ key }) => key);
}

describe('a ranking', () => {
  it('puts what has the rare word before what has the common one', () => {
    expect(rank('config error', ['the error', 'an error here', 'config of it', 'error again'])[0]).toBe(2);
  });

  it('puts a short text before a long one with the same words', () => {
    expect(rank('config', [`config ${'and so on '.repeat(50)}`, 'config here'])).toEqual([1, 0]);
  });

  it('puts what has the query word for word first', () => {
    expect(rank('no such file', ['such a file: no', 'no such file'])).toEqual([1, 0]);
  });

  it('puts the newer of equals first, and leaves out what has none of the words', () => {
    expect(rank('same', ['same', 'other', 'same'])).toEqual([2, 0]);
  });

  it('gives of any texts the same order each time, the best of all however few are asked for', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'config', 'error', 'readFile'), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text), fc.nat(6), (lists, limit) => {
        const texts = lists.map((words) => words.join(' '));
        const all = rank('config error', texts, Infinity);
        expect(rank('config error', texts, limit)).toEqual(all.slice(0, limit));
        expect(all).toHaveLength(texts.filter((each) => /config|error/u.test(each)).length);
      }),
    );
  });
});
