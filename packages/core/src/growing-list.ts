/**
 * A list that grows at its end and is not copied for it, while every shorter list that it has grown from stays as
 * it was: they share one array, and each knows its own length.
 */
export class GrowingList<TValue> {
  readonly length: number;
  readonly #shared: TValue[];
  #values: readonly TValue[] | undefined;

  private constructor(shared: TValue[], length: number) {
    this.#shared = shared;
    this.length = length;
  }

  static from<TValue>(values: readonly TValue[]): GrowingList<TValue> {
    return new GrowingList([...values], values.length);
  }

  append(added: readonly TValue[]): GrowingList<TValue> {
    if (added.length === 0) return this;
    // Where another list has grown from this one already, the place behind its end is taken.
    const shared = this.#shared.length === this.length ? this.#shared : this.#shared.slice(0, this.length);
    for (const value of added) shared.push(value);
    return new GrowingList(shared, shared.length);
  }

  /** Whether `values` begins with this list: value by value the same one, or else equal. */
  isPrefixOf(
    values: readonly TValue[],
    isEqual: (left: unknown, right: unknown) => boolean = Object.is,
  ): boolean {
    if (this.length > values.length) return false;
    for (let index = 0; index < this.length; index += 1) {
      const [left, right] = [this.#shared[index], values[index]];
      if (left !== right && !isEqual(left, right)) return false;
    }
    return true;
  }

  /** What stands from `index` on. */
  since(index: number): readonly TValue[] {
    return this.#shared.slice(Math.max(0, index), this.length);
  }

  /** As an array, which is made when it is first asked for. */
  get values(): readonly TValue[] {
    return (this.#values ??= this.#shared.slice(0, this.length));
  }
}
