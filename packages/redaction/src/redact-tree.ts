import type { RedactedText, RedactedTree, Replacing } from './redacted.ts';

/** What is known of a key: what it becomes, and whether it names a secret, so that what stands below it is one. */
export type KeyRule = RedactedText & { readonly isSecret: boolean };

export type TreeRules = Replacing & {
  readonly text: (text: string) => RedactedText;
  readonly key: (key: string) => KeyRule;
};

/** Deeper than this a value is replaced whole: nothing that people send is, and the stack stays bounded. */
const maxDepth = 200;

/** Redacts plain data. What a value refers to a second time is redacted once; what it contains itself is replaced. */
export function redactTree<TValue>(value: TValue, rules: TreeRules): RedactedTree<TValue> {
  const walk = new Walk(rules);
  const redacted = walk.visit(value, false, 0);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- strings become strings and nothing else changes its kind
  return { value: redacted as TValue, count: walk.count };
}

/**
 * Nearly all that is redacted holds nothing to redact and nothing nested: for that no object is made. Copies begin at
 * the first member that changes.
 */
class Walk {
  count = 0;
  readonly #rules: TreeRules;
  /** What became of each value. Apart, because the same list may stand below a secret name and elsewhere. */
  readonly #seen: { open?: Map<object, unknown>; secret?: Map<object, unknown> } = {};

  constructor(rules: TreeRules) {
    this.#rules = rules;
  }

  /** `isSecret`: the value stands below a key that names a secret, so that every string in reach is one. */
  visit(value: unknown, isSecret: boolean, depth: number): unknown {
    if (typeof value === 'string') {
      return isSecret ? this.#replaceWhole(value) : this.#redactText(value);
    }
    if (!isPlain(value)) {
      return value;
    }
    if (depth > maxDepth) {
      return this.#replaceWhole(value);
    }
    const seen = this.#seen[isSecret ? 'secret' : 'open'];
    if (seen?.has(value) === true) {
      return seen.get(value);
    }
    const isNested = hasNested(value);
    if (isNested) {
      this.#remember(value, this.#rules.replacement, isSecret);
    }
    const redacted = Array.isArray(value)
      ? this.#visitArray(value, isSecret, depth)
      : this.#visitObject(value, depth);
    if (isNested || redacted !== value) {
      this.#remember(value, redacted, isSecret);
    }
    return redacted;
  }

  #visitArray(items: readonly unknown[], isSecret: boolean, depth: number): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index];
      const redacted = this.visit(item, isSecret, depth + 1);
      if (!Object.is(redacted, item)) {
        copy ??= [...items];
        copy[index] = redacted;
      }
    }
    return copy ?? items;
  }

  #visitObject(object: object, depth: number): object {
    const entries: [string, unknown][] = Object.entries(object);
    let isChanged = false;
    for (const entry of entries) {
      const [key, value] = entry;
      const rule = this.#rules.key(key);
      const redacted = this.visit(value, rule.isSecret, depth + 1);
      if (rule.count > 0 || !Object.is(redacted, value)) {
        this.count += rule.count;
        entry[0] = rule.text;
        entry[1] = redacted;
        isChanged = true;
      }
    }
    return isChanged ? Object.fromEntries(withUniqueKeys(entries)) : object;
  }

  #redactText(text: string): string {
    const redacted = this.#rules.text(text);
    this.count += redacted.count;
    return redacted.text;
  }

  #replaceWhole(value: unknown): string {
    if (typeof value === 'string' && this.#mayStay(value)) {
      return value;
    }
    this.count += 1;
    return this.#rules.replacement;
  }

  #mayStay(value: string): boolean {
    return value === '' || value === this.#rules.replacement || this.#rules.isAllowed(value);
  }

  #remember(value: object, redacted: unknown, isSecret: boolean): void {
    (this.#seen[isSecret ? 'secret' : 'open'] ??= new Map()).set(value, redacted);
  }
}

/** Two keys that were secrets must not fall together, or a value would be lost: the second becomes `… 2`. */
function withUniqueKeys(entries: readonly [string, unknown][]): readonly [string, unknown][] {
  const taken = new Map<string, number>();
  return entries.map(([key, value]) => [unused(key, taken), value]);
}

function unused(key: string, taken: Map<string, number>): string {
  const number = (taken.get(key) ?? 0) + 1;
  taken.set(key, number);
  return number === 1 ? key : unused(`${key} ${number}`, taken);
}

function hasNested(value: object): boolean {
  return Object.values(value).some((member) => typeof member === 'object' && member !== null);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (Array.isArray(value)) {
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
