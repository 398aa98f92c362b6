/** Below this a receiver that still says "too large" means something else. */
const minBytes = 1024;

/** How large a body the receiver takes, as far as it has shown: halved at a 413, grown again while things go well. */
export class LearnedLimit {
  readonly #maxBytes: number;
  #bytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#bytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A body of this size was refused. False where there is no smaller size left to try. */
  shrink(refusedBytes: number): boolean {
    this.#bytes = Math.max(minBytes, Math.floor(Math.min(refusedBytes, this.#bytes) / 2));
    return refusedBytes > minBytes;
  }

  /** A body was accepted. */
  grow(): void {
    this.#bytes = Math.min(this.#maxBytes, this.#bytes + Math.ceil(this.#maxBytes / 16));
  }
}
