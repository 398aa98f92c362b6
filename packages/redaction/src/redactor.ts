import { redactAssignments } from './redact-assignments.ts';
import { redactPattern } from './redact-pattern.ts';
import { redactTree } from './redact-tree.ts';
import type { RedactedText, RedactedTree } from './redacted.ts';
import { secretPatterns } from './secret-patterns.ts';
import { parseUserPattern } from './user-pattern.ts';

/** Takes secrets out. Contract: pure, never throws, and what was redacted once is not redacted again. */
export interface Redactor {
  text(text: string): RedactedText;
  /**
   * The same for plain data, ready for JSON: the strings in it, the keys, and whatever stands as a string below
   * a key that names a secret. What holds nothing to redact is returned as it is, not copied.
   */
  tree<TValue>(value: TValue): RedactedTree<TValue>;
}

export type RedactorOptions = {
  /** What to look for besides the built-in rules. A leading `(?i)`, as other languages write it, is understood. */
  readonly patterns?: readonly (string | RegExp)[];
  /** `false` lets everything through. */
  readonly enabled?: boolean;
  readonly replacement?: string;
};

/**
 * The rules, in this order: the user's patterns; keys, tokens and credentials by the form that their issuers give
 * them; and assignments such as `password=…`, of which the name stays.
 *
 * @throws RedactionError `invalid_pattern`, naming the pattern.
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const { enabled = true, replacement = '<REDACTED>', patterns = [] } = options;
  const userPatterns = patterns.map(parseUserPattern);
  if (!enabled) {
    return { text: (text) => ({ text, count: 0 }), tree: (value) => ({ value, count: 0 }) };
  }

  const text = (original: string): RedactedText => {
    let current: RedactedText = { text: original, count: 0 };
    for (const pattern of userPatterns) {
      current = add(current, redactPattern(current.text, pattern, replacement));
    }
    for (const pattern of secretPatterns) {
      current = add(current, redactPattern(current.text, pattern, replacement));
    }
    return add(current, redactAssignments(current.text, replacement));
  };
  return { text, tree: (value) => redactTree(value, { text, replacement }) };
}

function add(before: RedactedText, after: RedactedText): RedactedText {
  return after.count === 0 ? before : { text: after.text, count: before.count + after.count };
}
