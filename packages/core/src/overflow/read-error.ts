/** What can be read of an error, however SDKs and gateways wrap what the provider said. */
export type ReadError = {
  /** HTTP status codes found in it, outermost first. */
  readonly statuses: readonly number[];
  /** Codes, types and class names, in lower case. */
  readonly codes: readonly string[];
  /** Messages and bodies. */
  readonly texts: readonly string[];
  /** Numbers under names that llama.cpp gives them. */
  readonly counts: Readonly<Record<string, number>>;
};

/** How deep an error is read, and how many values of it: errors may be cyclic and may hold the request. */
const maxDepth = 8;
const maxNodes = 200;
/** Of a text, as much is read from each end: the middle may be a quoted prompt. */
const textLength = 4000;

const nested = [
  'error',
  'errors',
  'cause',
  'body',
  'data',
  'response',
  'responseBody',
  'rawBody',
  'detail',
  'details',
  'metadata',
  'raw',
  '$response',
  'lastError',
  'incomplete_details',
] as const;
const textual = ['message', 'msg', 'user_tip', 'param'] as const;
const codes = ['code', 'type', 'name', 'status', 'reason', 'error_type', 'stop_reason', '__type'] as const;
const statusNames = ['status', 'statusCode', 'httpStatusCode', 'http_status', 'code'] as const;
const counted = ['n_prompt_tokens', 'n_ctx'] as const;

/** Reads an error without calling anything of it that could fail: a getter that throws is passed over. */
export function readError(error: unknown): ReadError {
  const statuses: number[] = [];
  const names: string[] = [];
  const texts: string[] = [];
  const counts: Record<string, number> = {};
  const seen = new Set<object>();
  let nodes = 0;
  const visit = (value: unknown, depth: number): void => {
    if (depth > maxDepth || (nodes += 1) > maxNodes) return;
    if (typeof value === 'string') {
      texts.push(cut(value));
      const parsed = jsonIn(value);
      if (parsed !== undefined) visit(parsed, depth + 1);
      return;
    }
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 20)) visit(item, depth + 1);
      return;
    }
    const field = (name: string): unknown => fieldOf(value, name);
    for (const name of statusNames) {
      const status = field(name);
      if (typeof status === 'number' && status >= 100 && status <= 599) statuses.push(status);
    }
    for (const name of codes) {
      const code = field(name);
      if (typeof code === 'string' && code.length <= 100) names.push(code.toLowerCase());
    }
    for (const name of counted) {
      const count = field(name);
      if (typeof count === 'number') counts[name] ??= count;
    }
    for (const name of textual) {
      if (typeof field(name) === 'string') visit(field(name), depth + 1);
    }
    const metadata = field('$metadata');
    if (metadata !== undefined) visit(metadata, depth + 1);
    for (const name of nested) visit(field(name), depth + 1);
  };
  visit(error, 0);
  return { statuses, codes: names, texts, counts };
}

function fieldOf(value: object, name: string): unknown {
  try {
    return Reflect.get(value, name);
  } catch {
    return undefined;
  }
}

function cut(text: string): string {
  return text.length <= 2 * textLength ? text : `${text.slice(0, textLength)}\n${text.slice(-textLength)}`;
}

/** JSON as a whole text, or behind a status and a name: `400 {"error":{…}}`. */
function jsonIn(text: string): unknown {
  const start = text.search(/[[{]/u);
  if (start === -1 || start > 200 || text.length > 100_000) return undefined;
  try {
    return JSON.parse(text.slice(start));
  } catch {
    return undefined;
  }
}
