import type { Issue } from './issue.ts';
import { isTree, type Tree } from './nest.ts';
import { scalars, type ScalarShape, type Shape } from './shape.ts';

/**
 * Reads a value by its shape, and brings it back to its types on the way, because stores lose them: ClickHouse maps
 * hold only strings, OTLP writes int64 as strings, nested values travel as JSON text. What cannot be read goes into
 * `problems`; an optional member that cannot be read is left out and told in `told`.
 */
export function readShape(
  shape: Shape,
  value: unknown,
  path: string,
  told: Issue[],
  problems: Issue[],
): unknown {
  if (typeof shape === 'string') return readScalar(shape, value, path, problems);
  if (isOneOf(shape)) return readOneOf(shape, value, path, problems);
  if ('list' in shape) {
    const list = fromJson(value);
    if (Array.isArray(list))
      return list.map((item, at) => readShape(shape.list, item, below(path, String(at)), told, problems));
    return refuse('a list', list, path, problems);
  }
  // A record of what there is holds nothing where it is absent.
  const tree = fromJson('keys' in shape ? (value ?? {}) : value);
  if (!isTree(tree)) return refuse('an object', tree, path, problems);
  if ('members' in shape) {
    return { ...(shape.isLoose && tree), ...readMembers(shape.members, tree, path, told, problems) };
  }
  // Keys of a later version are left out: one category more must not cost the whole record.
  const entries = Object.entries(tree).filter(([key]) => shape.keys.includes(key));
  return Object.fromEntries(
    entries.map(([key, member]) => [key, readShape(shape.values, member, below(path, key), told, problems)]),
  );
}

function readMembers(
  members: Readonly<Record<string, Shape>>,
  tree: Tree,
  path: string,
  told: Issue[],
  problems: Issue[],
): Tree {
  const read: Tree = {};
  for (const [name, shape] of Object.entries(members)) {
    const isOptional = name.endsWith('?');
    const key = isOptional ? name.slice(0, -1) : name;
    const value = Object.hasOwn(tree, key) ? tree[key] : undefined;
    if (isOptional && (value === undefined || value === null)) continue;
    const own: Issue[] = isOptional ? [] : problems;
    const member = readShape(shape, value, below(path, key), told, own);
    if (isOptional && own[0] !== undefined) told.push(own[0]);
    else if (member !== undefined) read[key] = member;
  }
  return read;
}

function readScalar(shape: ScalarShape, value: unknown, path: string, problems: Issue[]): unknown {
  const typed = shape === 'text' ? toText(value) : shape === 'flag' ? toFlag(value) : toNumber(value);
  const [isOne, words] = scalars[shape];
  return isOne(typed) ? typed : refuse(words, value, path, problems);
}

function readOneOf(options: readonly string[], value: unknown, path: string, problems: Issue[]): unknown {
  const text = toText(value);
  if (typeof text === 'string' && options.includes(text)) return text;
  return refuse(`one of ${options.join(', ')}`, value, path, problems);
}

function refuse(expected: string, value: unknown, path: string, problems: Issue[]): undefined {
  problems.push({ path, message: `expected ${expected}, got ${inWords(value)}` });
}

function inWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.slice(0, 40))}`;
  return typeof value === 'number' ? `the number ${value}` : `a value of type ${typeof value}`;
}

function isOneOf(shape: Exclude<Shape, string>): shape is readonly string[] {
  return Array.isArray(shape);
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function toNumber(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
}

function toFlag(value: unknown): unknown {
  if (value === 'true' || value === 1 || value === '1') return true;
  return value === 'false' || value === 0 || value === '0' ? false : value;
}

function toText(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
}
