import type { RedactedText, Replacing } from './redacted.ts';
import type { Scan } from './scan.ts';
import { tokenRules } from './token-rules.ts';

const rests: ReadonlyMap<string, RegExp> = new Map(
  tokenRules.flatMap(({ prefixes, rest }) => prefixes.map((prefix) => [prefix, rest] as const)),
);
/** Any of the words that begin a token, the longest first: one pass over a stretch for all issuers. */
const beginning = new RegExp(
  [...rests.keys()]
    .toSorted((left, right) => right.length - left.length)
    .map((prefix) => prefix.replace(/[.+*?/]/g, String.raw`\$&`))
    .join('|'),
  'g',
);

/** Replaces the tokens of known issuers. A token does not begin within a longer word. */
export function redactTokens(
  { text, runs }: Pick<Scan, 'text' | 'runs'>,
  { replacement, isAllowed }: Replacing,
): RedactedText {
  let redacted = '';
  let done = 0;
  let count = 0;
  for (const run of runs) {
    const stretch = text.slice(run.start, run.end);
    beginning.lastIndex = 0;
    for (let match = beginning.exec(stretch); match !== null; match = beginning.exec(stretch)) {
      const start = run.start + match.index;
      const after = run.start + beginning.lastIndex;
      const end = isEdge(text, start) ? endOfToken(text, match[0], after) : start;
      if (end > start && !isAllowed(text.slice(start, end))) {
        redacted += text.slice(done, start) + replacement;
        done = end;
        count += 1;
      }
      // What was refused may hold the beginning of another, so that only the first letter is passed.
      beginning.lastIndex = Math.max(end, start + 1) - run.start;
    }
  }
  return count === 0 ? { text, count } : { text: redacted + text.slice(done), count };
}

function endOfToken(text: string, prefix: string, at: number): number {
  const rest = rests.get(prefix);
  if (rest === undefined) {
    return 0;
  }
  rest.lastIndex = at;
  return rest.test(text) ? rest.lastIndex : 0;
}

/** Not after a letter or digit, unless that is the letter of an escaped line break, as JSON writes it. */
function isEdge(text: string, at: number): boolean {
  const before = text.charAt(at - 1);
  return !/[A-Za-z0-9]/.test(before) || (/[nrt]/.test(before) && text.charAt(at - 2) === '\\');
}
