export const noRank = -1;

/** How much a table is made for; it grows where that was too little. */
export type RankTableSize = {
  readonly tokens: number;
  /** Of all tokens together. */
  readonly bytes: number;
};

/**
 * The rank of each token, by its bytes as a string of one character (0 to 255) per byte. The bytes lie one behind
 * the other in one array, and a hash finds them: a map of 200,000 strings takes ten times the memory, and the
 * garbage collector holds the event loop for as long as it copies them.
 */
export class RankTable {
  #bytes: Uint8Array;
  /** Where each token begins in the bytes, and behind the last one, where the next will. */
  #starts: Int32Array;
  #ranks: Int32Array;
  /** The number of a token, from 1; 0 where there is none. Its length is a power of two. */
  #slots: Int32Array;
  #count = 0;
  #longest = 0;
  readonly #pairs = new Int32Array(256 * 256).fill(noRank);

  constructor({ tokens, bytes }: RankTableSize = { tokens: 64, bytes: 512 }) {
    this.#bytes = new Uint8Array(bytes);
    this.#starts = new Int32Array(tokens + 1);
    this.#ranks = new Int32Array(tokens);
    this.#slots = new Int32Array(slotsFor(tokens));
  }

  static from(tokens: Iterable<readonly [string, number]>): RankTable {
    const table = new RankTable();
    for (const [token, rank] of tokens) table.set(token, rank);
    return table;
  }

  set(token: string, rank: number): void {
    const { length } = token;
    if (length === 2) this.#pairs[pairOf(token, 0)] = rank;
    const slot = this.#slotOf(token, 0, length);
    const known = at(this.#slots, slot);
    if (known !== 0) {
      this.#ranks[known - 1] = rank;
      return;
    }
    const start = at(this.#starts, this.#count);
    if (start + length > this.#bytes.length) this.#bytes = grown(this.#bytes, start + length);
    for (let index = 0; index < length; index += 1) this.#bytes[start + index] = token.charCodeAt(index);
    this.#ranks[this.#count] = rank;
    this.#count += 1;
    this.#starts[this.#count] = start + length;
    this.#slots[slot] = this.#count;
    this.#longest = Math.max(this.#longest, length);
    if (this.#count === this.#ranks.length) this.#grow();
  }

  /** @returns `noRank` where the bytes from `start` to `end` are no token */
  rankOf(bytes: string, start: number = 0, end: number = bytes.length): number {
    if (end - start > this.#longest) return noRank;
    const found = at(this.#slots, this.#slotOf(bytes, start, end));
    return found === 0 ? noRank : at(this.#ranks, found - 1);
  }

  /** The rank of the two bytes at `index`. Every merge begins with pairs: a plain array answers faster. */
  rankOfPair(bytes: string, index: number): number {
    return at(this.#pairs, pairOf(bytes, index));
  }

  /** The slot in which the token is, or would be. */
  #slotOf(bytes: string, start: number, end: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(bytes, start, end) & mask;
    for (;;) {
      const token = at(this.#slots, slot);
      if (token === 0 || this.#is(token - 1, bytes, start, end)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #is(token: number, bytes: string, start: number, end: number): boolean {
    const from = at(this.#starts, token);
    if (at(this.#starts, token + 1) - from !== end - start) return false;
    for (let index = start; index < end; index += 1) {
      if (this.#bytes[from + index - start] !== bytes.charCodeAt(index)) return false;
    }
    return true;
  }

  #grow(): void {
    const tokens = this.#ranks.length * 2;
    this.#starts = grown(this.#starts, tokens + 1);
    this.#ranks = grown(this.#ranks, tokens);
    this.#slots = new Int32Array(slotsFor(tokens));
    for (let token = 0; token < this.#count; token += 1) {
      const bytes = this.#bytes.subarray(at(this.#starts, token), at(this.#starts, token + 1));
      const text = String.fromCharCode(...bytes);
      this.#slots[this.#slotOf(text, 0, text.length)] = token + 1;
    }
  }
}

/** At most half of the slots are taken, so that a search is short. */
function slotsFor(tokens: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(2, tokens) * 2));
}

function grown<TArray extends Uint8Array | Int32Array>(array: TArray, least: number): TArray {
  const length = Math.max(least, array.length * 2);
  const larger = array instanceof Uint8Array ? new Uint8Array(length) : new Int32Array(length);
  larger.set(array);
  return larger as TArray;
}

/** FNV-1a, with its high bits mixed into the low ones that are used. */
function hashOf(bytes: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index += 1) {
    hash = Math.imul(hash ^ bytes.charCodeAt(index), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}

/** The pair that begins at `index`, as one number. */
function pairOf(bytes: string, index: number): number {
  return bytes.charCodeAt(index) * 256 + bytes.charCodeAt(index + 1);
}

/** An element of an array; `noRank` beyond its ends. */
export function at(array: Int32Array, index: number): number {
  return array[index] ?? noRank;
}
