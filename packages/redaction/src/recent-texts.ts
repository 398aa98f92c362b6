const capacity = 4096;
const maxLength = 80;

/**
 * What was found out about short texts. The keys of spans and most of their values come again and again, and a look into
 * a map costs a fiftieth of a look through all rules. What is stored must hold no secret.
 */
export class RecentTexts<TFinding> {
  readonly #findings = new Map<string, TFinding>();

  get(text: string): TFinding | undefined {
    return text.length <= maxLength ? this.#findings.get(text) : undefined;
  }

  add(text: string, finding: TFinding): void {
    if (text.length > maxLength) {
      return;
    }
    if (this.#findings.size >= capacity) {
      this.#findings.clear();
    }
    this.#findings.set(text, finding);
  }
}
