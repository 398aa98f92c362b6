import { z } from 'zod';
import { expectationOf, nodeAt } from './expectation.ts';
import { unknownName } from './unknown-name.ts';

export type DescribeIssuesOptions = {
  /** How a field is called where it was written. Default: its path, with dots. */
  readonly nameOf?: (path: readonly PropertyKey[]) => string;
};

/**
 * What is wrong with a value, a sentence each: `policy.trigger_pct must be between 0 and 1, got 8.5`. A field that is
 * not known is named with the one that was probably meant.
 */
export function describeIssues(
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
  value: unknown,
  { nameOf = dotted }: DescribeIssuesOptions = {},
): readonly string[] {
  const json: unknown = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return issues.flatMap((issue) => {
    const { path } = issue;
    const node = nodeAt(json, path);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => unknownName(nameOf([...path, key]), key, fieldsOf(node)));
    }
    const name = path.length === 0 ? 'It' : nameOf(path);
    const came = valueAt(value, path);
    const expected = (node && expectationOf(node)) ?? undefined;
    // A rule that no JSON schema can say, as a pattern with words of its own.
    const words =
      expected === undefined || issue.code === 'custom' || isPattern(issue) ? undefined : expected;
    if (words === undefined) return [`${name}: ${issue.message}, got ${shown(came)}`];
    const excluded = node?.exclusiveMinimum;
    const isBound = excluded !== undefined && came === excluded && node?.type === 'number';
    return [`${name} must be ${words}${isBound ? `, above ${excluded}` : ''}, got ${shown(came)}`];
  });
}

function fieldsOf(node: ReturnType<typeof nodeAt>): readonly string[] {
  return Object.keys(node?.properties ?? {});
}

function isPattern(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_format' && issue.format === 'regex';
}

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return at;
}

const longest = 80;

function shown(value: unknown): string {
  const text = wordsFor(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function wordsFor(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return `'${value}'`;
    case 'object':
      return safeJson(value);
    case 'function':
    case 'symbol':
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

function safeJson(value: object | null): string {
  try {
    return JSON.stringify(value);
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}
