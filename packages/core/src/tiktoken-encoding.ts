import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { boundedPattern } from './bounded-pattern.ts';
import { createMerge } from './byte-pair-merge.ts';
import type { Ranks } from './byte-pair-merge.ts';

const sources = { o200k_base: o200k, cl100k_base: cl100k } as const;

export type TiktokenEncodingName = keyof typeof sources;
export const tiktokenEncodingNames = ['o200k_base', 'cl100k_base'] as const satisfies TiktokenEncodingName[];

/** An encoding that is ready to count. */
export type TiktokenEncoding = {
  /** Cuts a text into the pieces that are encoded each by itself. */
  readonly pattern: RegExp;
  readonly countPiece: (piece: string) => number;
};

const built = new Map<TiktokenEncodingName, TiktokenEncoding>();

/**
 * The rank tables are loaded with this module as one string each (some 30 ms for both); what costs more, some
 * 110 ms and 39 MB, is to read one, and waits for the first text. All counters of an encoding share it.
 */
export function tiktokenEncoding(name: TiktokenEncodingName): TiktokenEncoding {
  const known = built.get(name);
  if (known !== undefined) return known;
  const source = sources[name];
  const encoding = {
    pattern: boundedPattern(source.pat_str),
    countPiece: rememberShort(createPieceCounter(readRanks(source.bpe_ranks))),
  };
  built.set(name, encoding);
  return encoding;
}

/** Each line is `! first-rank token token …`, the tokens in base64 and their ranks counting up. */
function readRanks(table: string): Ranks {
  const ranks = new Map<string, number>();
  for (const line of table.split('\n')) {
    const [, first, ...tokens] = line.split(' ');
    let rank = Number(first);
    for (const token of tokens) {
      ranks.set(atob(token), rank);
      rank += 1;
    }
  }
  return ranks;
}

function createPieceCounter(ranks: Ranks): (piece: string) => number {
  const merge = createMerge(ranks);
  const utf8 = new TextEncoder();
  return (piece) => merge(isAscii(piece) ? piece : String.fromCharCode(...utf8.encode(piece)));
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}

/** V8 makes a longer slice a view that keeps the whole text alive: such a one must not be a key. */
const longestRemembered = 12;
const maxRemembered = 50_000;

/** Most pieces of a text are words that came before. */
function rememberShort(count: (piece: string) => number): (piece: string) => number {
  const counts = new Map<string, number>();
  return (piece) => {
    if (piece.length > longestRemembered) return count(piece);
    const known = counts.get(piece);
    if (known !== undefined) return known;
    const tokens = count(piece);
    if (counts.size >= maxRemembered) counts.clear();
    counts.set(piece, tokens);
    return tokens;
  };
}
