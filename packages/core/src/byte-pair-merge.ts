import { MinHeap } from './min-heap.ts';
import { at, noRank } from './rank-table.ts';
import type { RankTable } from './rank-table.ts';

/**
 * @returns a function that counts the tokens of one piece. Neighbouring parts are merged, lowest rank first and
 * leftmost first, until no two of them form a token. The queue makes it n log n in the number of bytes, where
 * a scan for each merge is quadratic.
 */
export function createMerge(ranks: RankTable): (bytes: string) => number {
  const queue = new MinHeap();
  let { next, previous, rankOf } = buffersFor(256);

  return (bytes) => {
    const length = bytes.length;
    if (length < 2 || ranks.rankOf(bytes) !== noRank) return Math.min(length, 1);
    if (length >= next.length) ({ next, previous, rankOf } = buffersFor(2 * length));

    // A part is named by its first byte. `rankOf` holds the rank of what it and the next would form.
    const rate = (part: number, rank: number) => {
      rankOf[part] = rank;
      if (rank !== noRank) queue.push(rank * length + part);
    };
    const rateAgain = (part: number) => {
      const neighbour = at(next, part);
      rate(part, neighbour < length ? ranks.rankOf(bytes, part, at(next, neighbour)) : noRank);
    };

    for (let part = 0; part <= length; part += 1) {
      next[part] = part + 1;
      previous[part] = part - 1;
      rate(part, part + 1 < length ? ranks.rankOfPair(bytes, part) : noRank);
    }
    let count = length;
    for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
      const part = key % length;
      // An entry is stale once its part or its neighbour has become part of another.
      if (at(rankOf, part) !== (key - part) / length) continue;
      const absorbed = at(next, part);
      const following = at(next, absorbed);
      next[part] = following;
      previous[following] = part;
      rankOf[absorbed] = noRank;
      count -= 1;
      rateAgain(part);
      if (part > 0) rateAgain(at(previous, part));
    }
    return count;
  };
}

function buffersFor(length: number) {
  return {
    next: new Int32Array(length + 1),
    previous: new Int32Array(length + 1),
    rankOf: new Int32Array(length + 1),
  };
}
