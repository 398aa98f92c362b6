import type { RedactedText, RedactedTree, Replacing } from './redacted.ts';
import { isSensitiveKey } from './sensitive-key.ts';

export type TreeRules = Replacing & {
  readonly text: (text: string) => RedactedText;
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

class Walk {
  count = 0;
  readonly #rules: TreeRules;
  /** Apart, because the same list may stand below a secret name and elsewhere. */
  readonly #seen = { open: new Map<object, unknown>(), secret: new Map<object, unknown>() };

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
    const seen = isSecret ? this.#seen.secret : this.#seen.open;
    if (seen.has(value)) {
      return seen.get(value);
    }
    seen.set(value, this.#rules.replacement);
    const redacted = Array.isArray(value)
      ? this.#visitArray(value, isSecret, depth)
      : this.#visitObject(value, depth);
    seen.set(value, redacted);
    return redacted;
  }

  #visitArray(items: readonly unknown[], isSecret: boolean, depth: number): readonly unknown[] {
    const redacted = items.map((item) => this.visit(item, isSecret, depth + 1));
    return redacted.every((item, index) => Object.is(item, items[index])) ? items : redacted;
  }

  #visitObject(object: object, depth: number): object {
    const taken = new Map<string, number>();
    let isChanged = false;
    const entries = Object.entries(object).map(([key, value]): [string, unknown] => {
      const newKey = unused(this.#redactText(key), taken);
      const newValue = this.visit(value, isSensitiveKey(key) && !this.#rules.isAllowed(key), depth + 1);
      isChanged ||= newKey !== key || !Object.is(newValue, value);
      return [newKey, newValue];
    });
    return isChanged ? Object.fromEntries(entries) : object;
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
}

/** Two keys that were secrets must not fall together, or a value would be lost: the second becomes `… 2`. */
function unused(key: string, taken: Map<string, number>): string {
  const number = (taken.get(key) ?? 0) + 1;
  taken.set(key, number);
  return number === 1 ? key : unused(`${key} ${number}`, taken);
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
