import type { Pattern } from './redact-pattern.ts';
import { RedactionError } from './redaction-error.ts';

/**
 * Reads a pattern as a user writes it. The name of an assignment stays: with `api[_-]?key\s*[:=]\s*\S+`,
 * `api_key=sk-abc123` becomes `api_key=<REDACTED>`.
 */
export function parseUserPattern(pattern: string | RegExp): Pattern {
  return { expression: parseExpression(pattern), keptLength: assignmentLength };
}

/** A repeated group whose one part repeats too, as in `(a+)+`: the time doubles with each letter that does not fit. */
const nestedRepeat =
  /\((?:\?:)?(?:(?:[^()\\[\]|]|\\.|\[[^\]]*\])[+*?]?\|)*(?:[^()\\[\]]|\\.|\[[^\]]*\])[+*]\??(?:\|(?:[^()\\[\]|]|\\.|\[[^\]]*\])[+*?]?)*\)(?:[+*]|\{\d*,)/;

function parseExpression(pattern: string | RegExp): RegExp {
  const source = typeof pattern === 'string' ? pattern : pattern.source;
  if (nestedRepeat.test(source)) {
    throw invalid(
      source,
      'no repetition directly within a repetition, which takes exponential time. Write (a+)+ as a+',
    );
  }
  if (pattern instanceof RegExp) {
    return new RegExp(pattern.source, withGlobal(pattern.flags));
  }
  const inline = /^\(\?([a-z]+)\)/.exec(pattern);
  const flags = inline?.[1] ?? '';
  if (/[^ims]/.test(flags)) {
    throw invalid(
      pattern,
      `flags from i, m and s in (?…), got "${flags}". Write the pattern without the others`,
    );
  }
  try {
    return new RegExp(pattern.slice(inline?.[0].length ?? 0), withGlobal(flags));
  } catch (cause) {
    const came = cause instanceof Error ? cause.message : String(cause);
    throw invalid(
      pattern,
      `a JavaScript regular expression, got: ${came}. Correct the pattern or remove it`,
      cause,
    );
  }
}

/** Global, because every match counts; not sticky, because a match may stand anywhere. */
function withGlobal(flags: string): string {
  return `g${[...new Set(flags)].filter((flag) => flag !== 'g' && flag !== 'y').join('')}`;
}

function assignmentLength(match: string): number {
  return /^["'\w.-]{1,64}\s{0,8}[:=](?!\/\/)\s{0,8}/.exec(match)?.[0].length ?? 0;
}

function invalid(pattern: string, expected: string, cause?: unknown): RedactionError {
  return new RedactionError(
    'invalid_pattern',
    `The redaction pattern ${pattern} is not valid: expected ${expected}.`,
    cause,
  );
}
