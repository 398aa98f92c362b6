/** Of the facts that were noted, how many a context still held. */
export type Recall = { readonly found: number; readonly of: number };

/** What the script remembers of its own work, to compare with what its context still tells it at the end. */
export class Notebook {
  readonly #edited = new Set<string>();
  readonly #digests = new Map<string, string>();
  /** As of the newest task's first request. */
  recall: Recall = { found: 0, of: 0 };

  noteEdited(path: string): void {
    this.#edited.add(path);
  }

  noteDigest(path: string, digest: string): void {
    this.#digests.set(path, digest);
  }

  get edited(): readonly string[] {
    return [...this.#edited];
  }

  get digests(): ReadonlyMap<string, string> {
    return this.#digests;
  }

  /** Looks for every path and digest in what the model was really sent. */
  compareWith(context: string): void {
    const facts = [...this.#edited, ...this.#digests.values()];
    this.recall = { found: facts.filter((fact) => context.includes(fact)).length, of: facts.length };
  }
}
