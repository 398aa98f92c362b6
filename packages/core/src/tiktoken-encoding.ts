import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import { boundedPattern } from './bounded-pattern.ts';
import { createMerge } from './byte-pair-merge.ts';
import { atOnce, inSlices, nextTask } from './in-slices.ts';
import { RankTable } from './rank-table.ts';

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
 * 100 ms and 6 MB, is to read one, and waits for the first text. All counters of an encoding share it.
 */
export function tiktokenEncoding(name: TiktokenEncodingName): TiktokenEncoding {
  return built.get(name) ?? build(name, atOnce(readRanks(sources[name].bpe_ranks)));
}

/** Reads the table without holding the event loop for long. */
export async function prepareEncoding(name: TiktokenEncodingName, signal?: AbortSignal): Promise<void> {
  if (built.has(name)) return;
  const ranks = await inSlices(readRanks(sources[name].bpe_ranks), signal);
  if (ranks !== undefined && !built.has(name)) build(name, ranks);
  await nextTask();
}

function build(name: TiktokenEncodingName, ranks: RankTable): TiktokenEncoding {
  const encoding = {
    pattern: boundedPattern(sources[name].pat_str),
    countPiece: rememberShort(createPieceCounter(ranks)),
  };
  built.set(name, encoding);
  return encoding;
}

const tokensAtOnce = 250;
/** Of the larger of the two tables, o200k_base: 199,998 tokens of 1.4 MB. */
const largest = { tokens: 200_000, bytes: 1_600_000 };

/** Each line is `! first-rank token token …`, the tokens in base64 and their ranks counting up. */
function* readRanks(table: string): Generator<void, RankTable> {
  const ranks = new RankTable(largest);
  let count = 0;
  for (const line of table.split('\n')) {
    const start = line.indexOf(' ', 2);
    let rank = Number(line.slice(2, start));
    if (start === -1) continue;
    for (let at = start + 1; at <= line.length;) {
      const space = line.indexOf(' ', at);
      const end = space === -1 ? line.length : space;
      ranks.set(atob(line.slice(at, end)), rank);
      rank += 1;
      count += 1;
      at = end + 1;
      if (count % tokensAtOnce === 0) yield;
    }
  }
  return ranks;
}

function createPieceCounter(ranks: RankTable): (piece: string) => number {
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
