const capacity = 4096;
const maxLength = 80;

/**
 * Short texts in which nothing was found. The keys of spans and most of their values come again and again, and a look
 * into a set costs a fiftieth of a look through all rules. No secret is ever kept here.
 */
export class InnocentTexts {
  readonly #texts = new Set<string>();

  has(text: string): boolean {
    return text.length <= maxLength && this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > maxLength) {
      return;
    }
    if (this.#texts.size >= capacity) {
      this.#texts.clear();
    }
    this.#texts.add(text);
  }
}
