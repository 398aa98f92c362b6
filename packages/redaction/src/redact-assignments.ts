import type { RedactedText, Replacing } from './redacted.ts';

const name =
  'pass(?:word|wd|phrase|code)|_pass|pwd|secret|token|authorization|credentials?|' +
  '(?:api|access|private|secret|signing|encryption|account|auth|subscription|master|shared|storage)[ _-]?key';
/** A name that tells of a secret, up to where its value begins. Comparisons and paths (`==`, `=>`, `::`) are none. */
const opening = new RegExp(String.raw`(?:${name})(["'\\]{0,4})\s{0,8}[:=](?![:=>])\s{0,8}`, 'gi');
const scheme = /(?:bearer|basic|token|digest|negotiate)\s{1,4}/iy;
const openingQuote = /(\\{0,7})(["'`])/y;
/** What a type or an empty value is written as, and what code reads a secret from: no secret. */
const literal = new RegExp(
  String.raw`(?:string|number|boolean|null|undefined|true|false|none|nil|optional|required|await|new|async)(?=[\s,;)}\]?|]|$)|` +
    String.raw`[{[(]|\$[\w{(]|%\w{1,64}%|<[\w -]{1,64}>|\*{3}|` +
    String.raw`(?:process\.env|import\.meta|os\.(?:environ|getenv)|env\.|this\.|self\.|config\.|options\.|req(?:uest)?\.|z\.)|` +
    String.raw`[A-Za-z_][\w.]{0,80}\(`,
  'iy',
);
/** The next pair of a query, a connection string or a list. */
const nextPair = /[&;,][\w. -]{1,40}[:=]/y;

/** `api_key=…`, `"password": "…"`, `Authorization: Basic …`: the value is replaced, the name stays. */
export function redactAssignments(text: string, { replacement, isAllowed }: Replacing): RedactedText {
  let redacted = '';
  let done = 0;
  let count = 0;
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const isQuotedName = match[1] !== '';
    const value = findValue(text, endOf(scheme, text, opening.lastIndex), isQuotedName);
    if (
      value === undefined ||
      text.startsWith(replacement, value.start) ||
      isAllowed(text.slice(value.start, value.end))
    ) {
      continue;
    }
    redacted += text.slice(done, value.start) + replacement;
    done = value.end;
    count += 1;
    opening.lastIndex = value.end;
  }
  return count === 0 ? { text, count } : { text: redacted + text.slice(done), count };
}

type Span = { readonly start: number; readonly end: number };

function findValue(text: string, at: number, isQuotedName: boolean): Span | undefined {
  openingQuote.lastIndex = at;
  const quote = openingQuote.exec(text);
  if (quote?.[1] !== undefined && quote[2] !== undefined) {
    const start = endOf(scheme, text, openingQuote.lastIndex);
    return nonEmpty(start, findClosing(text, start, quote[2], quote[1].length));
  }
  // In JSON, what has no quotes is a number, a truth value or an object.
  if (isQuotedName || endOf(literal, text, at) > at) {
    return undefined;
  }
  return nonEmpty(at, findEnd(text, at));
}

function nonEmpty(start: number, end: number): Span | undefined {
  return end > start ? { start, end } : undefined;
}

/**
 * Where a quoted value ends: at the quote that is escaped as the opening one was, or at the end of the line.
 * JSON within JSON writes its quotes with 1 backslash, one level deeper with 3; each level doubles and adds one.
 */
function findClosing(text: string, start: number, quote: string, escapes: number): number {
  let run = 0;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\') {
      run += 1;
      continue;
    }
    if (character === '\n' || character === '\r') {
      return index;
    }
    if (character === quote && run % (2 * (escapes + 1)) === escapes) {
      return index - escapes;
    }
    run = 0;
  }
  return text.length;
}

/** Where a bare value ends: at white space, a quote or the next pair; without the punctuation behind it. */
function findEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !/[\s"'`\\]/.test(text.charAt(end)) && endOf(nextPair, text, end) === end) {
    end += 1;
  }
  while (end > start && /[,;.)\]}>]/.test(text.charAt(end - 1))) {
    end -= 1;
  }
  return end;
}

/** The end of what a sticky expression matches at `at`; `at` itself where it matches nothing. */
function endOf(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : at;
}
