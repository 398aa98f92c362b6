import { allowList } from './allow-list.ts';
import { personalPatterns } from './personal-patterns.ts';
import type { PersonalData } from './personal-patterns.ts';
import { redactAssignments } from './redact-assignments.ts';
import { redactPattern } from './redact-pattern.ts';
import type { Pattern } from './redact-pattern.ts';
import { redactTokens } from './redact-tokens.ts';
import { redactTree } from './redact-tree.ts';
import type { KeyRule } from './redact-tree.ts';
import { RecentTexts } from './recent-texts.ts';
import type { RedactedText, RedactedTree, Replacing } from './redacted.ts';
import { Scan } from './scan.ts';
import { isSensitiveKey } from './sensitive-key.ts';
import { secretPatterns } from './secret-patterns.ts';
import type { PatternGroup } from './secret-patterns.ts';
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
  /** Personal data to take out too. Default: none. */
  readonly personal?: readonly PersonalData[];
  /** What may stay although a rule finds it: the text as it stands, an expression, or the name of a key. */
  readonly allow?: readonly (string | RegExp)[];
  /**
   * A rule of one's own, run after `patterns`: the text without its secrets. Where it throws, the whole text is
   * replaced. How long it takes is its own affair.
   */
  readonly custom?: (text: string) => string;
  /** `false` lets everything through. */
  readonly enabled?: boolean;
  readonly replacement?: string;
};

/**
 * The rules, in this order: the user's patterns and function; secrets by their form; tokens by the form that their
 * issuers give them; personal data that was asked for; and assignments such as `password=…`, of which the name stays.
 *
 * @throws RedactionError `invalid_pattern`, naming the pattern.
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const { enabled = true, replacement = '<REDACTED>', patterns = [], personal = [], allow = [] } = options;
  const { custom } = options;
  const userPatterns = patterns.map(parseUserPattern);
  if (!enabled) {
    return { text: (text) => ({ text, count: 0 }), tree: (value) => ({ value, count: 0 }) };
  }

  const replacing: Replacing = { replacement, isAllowed: allowList(allow) };
  const byPattern =
    (pattern: Pattern): Step =>
    ({ text }) =>
      redactPattern(text, pattern, replacing);
  const steps: readonly Step[] = [
    ...userPatterns.map(byPattern),
    ...(custom === undefined ? [] : [({ text }: Scan) => runCustom(text, custom, replacement)]),
    ...secretPatterns.map(
      (group): Step =>
        (scan) =>
          redactGroup(scan, group, replacing),
    ),
    ...personal.map((name) => byPattern(personalPatterns[name])),
    (scan) => redactTokens(scan, replacing),
    ({ text }) => redactAssignments(text, replacing),
  ];
  // Texts in which nothing was found, and keys.
  const innocent = new RecentTexts<RedactedText>();
  const keys = new RecentTexts<KeyRule>();
  const text = (original: string): RedactedText => {
    const known = innocent.get(original);
    if (known !== undefined) {
      return known;
    }
    let scan = new Scan(original);
    let count = 0;
    for (const step of steps) {
      const after = step(scan);
      if (after.count > 0) {
        scan = new Scan(after.text);
        count += after.count;
      }
    }
    const redacted = { text: scan.text, count };
    if (count === 0) {
      innocent.add(original, redacted);
    }
    return redacted;
  };
  const key = (original: string): KeyRule => {
    const known = keys.get(original);
    if (known !== undefined) {
      return known;
    }
    const rule = { ...text(original), isSecret: isSensitiveKey(original) && !replacing.isAllowed(original) };
    if (rule.count === 0) {
      keys.add(original, rule);
    }
    return rule;
  };
  const rules = { ...replacing, text, key };
  return { text, tree: (value) => redactTree(value, rules) };
}

/** One rule, or some that go together, run over what the ones before it left. */
type Step = (scan: Scan) => RedactedText;

function redactGroup(
  scan: Scan,
  { hint, in: place, patterns }: PatternGroup,
  replacing: Replacing,
): RedactedText {
  let { text } = scan;
  let count = 0;
  if (hint.test(place === 'run' ? scan.runText : text)) {
    for (const pattern of patterns) {
      const after = redactPattern(text, pattern, replacing);
      text = after.text;
      count += after.count;
    }
  }
  return { text, count };
}

function runCustom(text: string, custom: (text: string) => string, replacement: string): RedactedText {
  try {
    const redacted = custom(text);
    return { text: redacted, count: redacted === text ? 0 : 1 };
  } catch {
    return { text: replacement, count: text === replacement ? 0 : 1 };
  }
}
