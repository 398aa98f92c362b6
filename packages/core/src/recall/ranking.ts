import { wordsOf } from './words.ts';

/** What a text is found by, and how well it fits: the higher, the better. */
export type Ranked<TKey> = { readonly key: TKey; readonly score: number };

type Candidate<TKey> = {
  readonly key: TKey;
  /** Its place in the order of adding. */
  readonly order: number;
  readonly length: number;
  /** How often each word of the query is in it. */
  readonly counts: readonly number[];
  readonly hasPhrase: boolean;
};

/** A query of more words than this is cut: the rest would hardly change the order. */
const maxWords = 32;
/** More candidates than this are never worth their memory: the weakest go. */
const maxCandidates = 4000;
/** How much a repeated word adds, and how much a long text counts against it: the usual values of BM25. */
const saturation = 1.2;
const lengthWeight = 0.75;

/**
 * Ranks texts by a query with BM25. They are added one at a time and not kept; whoever has the query word for word
 * counts twice. The same texts in the same order give the same ranking.
 */
export class Ranking<TKey> {
  readonly #words: readonly string[];
  readonly #phrase: string;
  readonly #found: number[];
  #candidates: Candidate<TKey>[] = [];
  #texts = 0;
  #length = 0;

  constructor(query: string) {
    this.#words = [...new Set(wordsOf(query))].slice(0, maxWords);
    this.#phrase = query.trim().toLowerCase();
    this.#found = this.#words.map(() => 0);
  }

  add(key: TKey, text: string): void {
    const places = new Map(this.#words.map((word, index) => [word, index]));
    const counts = this.#words.map(() => 0);
    let length = 0;
    for (const word of wordsOf(text)) {
      length += 1;
      const place = places.get(word);
      if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
    }
    const order = this.#texts;
    this.#texts += 1;
    this.#length += length;
    if (counts.every((count) => count === 0)) return;
    for (const [index, count] of counts.entries()) {
      if (count > 0) this.#found[index] = (this.#found[index] ?? 0) + 1;
    }
    const hasPhrase = this.#phrase !== '' && text.toLowerCase().includes(this.#phrase);
    this.#candidates.push({ key, order, length, counts, hasPhrase });
    if (this.#candidates.length > 2 * maxCandidates) this.#candidates = this.#best(maxCandidates);
  }

  /** The best first; of equals, what was added last. */
  top(limit: number): readonly Ranked<TKey>[] {
    return this.#best(limit).map((candidate) => ({ key: candidate.key, score: this.#score(candidate) }));
  }

  #best(limit: number): Candidate<TKey>[] {
    const scores = new Map(this.#candidates.map((candidate) => [candidate, this.#score(candidate)]));
    return this.#candidates
      .toSorted(
        (left, right) => (scores.get(right) ?? 0) - (scores.get(left) ?? 0) || right.order - left.order,
      )
      .slice(0, limit);
  }

  #score({ counts, length, hasPhrase }: Candidate<TKey>): number {
    const average = Math.max(1, this.#length / this.#texts);
    const norm = saturation * (1 - lengthWeight + (lengthWeight * length) / average);
    const score = counts.reduce((sum, count, index) => {
      const found = this.#found[index] ?? 0;
      const rarity = Math.log(1 + (this.#texts - found + 0.5) / (found + 0.5));
      return sum + (rarity * count * (saturation + 1)) / (count + norm);
    }, 0);
    return hasPhrase ? 2 * score : score;
  }
}
