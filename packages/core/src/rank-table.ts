export const noRank = -1;

/**
 * The rank of each token, by its bytes as a string of one character (0 to 255) per byte. There is a map for each
 * length of token: one map of 200,000 holds the event loop for long whenever it grows.
 */
export class RankTable {
  readonly #byLength: (Map<string, number> | undefined)[] = [];
  readonly #pairs = new Int32Array(256 * 256).fill(noRank);

  static from(tokens: Iterable<readonly [string, number]>): RankTable {
    const table = new RankTable();
    for (const [token, rank] of tokens) table.set(token, rank);
    return table;
  }

  set(token: string, rank: number): void {
    const { length } = token;
    const map = this.#byLength[length] ?? new Map<string, number>();
    this.#byLength[length] = map.set(token, rank);
    if (length === 2) this.#pairs[pairOf(token, 0)] = rank;
  }

  /** @returns `noRank` where the bytes are no token */
  rankOf(bytes: string): number {
    return this.#byLength[bytes.length]?.get(bytes) ?? noRank;
  }

  /** The rank of the two bytes at `index`. Every merge begins with pairs: a plain array answers faster than a map. */
  rankOfPair(bytes: string, index: number): number {
    return this.#pairs[pairOf(bytes, index)] ?? noRank;
  }
}

/** The pair that begins at `index`, as one number. */
function pairOf(bytes: string, index: number): number {
  return bytes.charCodeAt(index) * 256 + bytes.charCodeAt(index + 1);
}
