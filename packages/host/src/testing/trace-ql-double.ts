/** What a condition can ask of a span: `name`, `resource.service.name`, and `span.` with a key. */
export type SpanFacts = Readonly<Record<string, string>>;

/** A query that a double can answer. */
export type TraceQl = {
  readonly matches: (span: SpanFacts) => boolean;
  /** What is told of each span beside its times. */
  readonly selected: readonly string[];
};

type Condition = TraceQl['matches'];

/** A text, a field (quoted keys may hold dots), an operator or a bracket. */
const token = /\s*("(?:[^"\\]|\\.)*"|span\."[^"]+"|[a-z_]+(?:\.[a-z_]+)*|&&|\|\||!=|[{}()=,|])/y;

/**
 * Reads the part of TraceQL that is asked here: one set of spans by conditions with `=` a text and `!= nil`, joined by
 * `&&`, `||` and brackets; then `select`, and the hint for the most recent. Throws on anything else, as the real one
 * does on what it does not know.
 */
export function readTraceQl(query: string): TraceQl {
  const tokens = tokensOf(query);
  const next = (expected?: string): string => {
    const got = tokens.shift() ?? 'the end';
    if (expected !== undefined && got !== expected) throw new Error(`expected ${expected}, got ${got}`);
    return got;
  };
  const either = (): Condition => joined(both, '||', (a, b) => (span) => a(span) || b(span));
  const both = (): Condition => joined(one, '&&', (a, b) => (span) => a(span) && b(span));

  function joined(
    read: () => Condition,
    by: string,
    join: (a: Condition, b: Condition) => Condition,
  ): Condition {
    let condition = read();
    while (tokens[0] === by) {
      next();
      condition = join(condition, read());
    }
    return condition;
  }

  function one(): Condition {
    if (tokens[0] === '(') {
      next();
      const inner = either();
      next(')');
      return inner;
    }
    const field = fieldOf(next());
    const operator = next();
    if (operator === '!=') {
      next('nil');
      return (span) => span[field] !== undefined;
    }
    if (operator !== '=') throw new Error(`unknown operator ${operator}`);
    const value: unknown = JSON.parse(next());
    return (span) => span[field] === value;
  }

  next('{');
  const matches = either();
  next('}');
  const selected: string[] = [];
  if (tokens[0] === '|') {
    next();
    next('select');
    next('(');
    do selected.push(fieldOf(next()));
    while (next() === ',');
  }
  if (tokens.length > 0) for (const word of ['with', '(', 'most_recent', '=', 'true', ')']) next(word);
  if (tokens.length > 0) throw new Error(`unexpected ${tokens.join(' ')}`);
  return { matches, selected };
}

function tokensOf(query: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (query.slice(token.lastIndex).trim() !== '') {
    const at = token.lastIndex;
    const found = token.exec(query)?.[1];
    if (found === undefined) throw new Error(`parse error at ${at}`);
    tokens.push(found);
  }
  return tokens;
}

function fieldOf(written: string): string {
  const [, key] = /^span\."(.+)"$/.exec(written) ?? [];
  if (key !== undefined) return `span.${key}`;
  if (written === 'name' || written === 'resource.service.name') return written;
  throw new Error(`unknown identifier: ${written}`);
}
