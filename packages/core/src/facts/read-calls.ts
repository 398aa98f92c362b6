import { isFields } from '../dialects/fields-of.ts';
import type { Fields } from '../dialects/fields-of.ts';
import type { ItemView } from '../item-view.ts';

/** A call as its item shows it. */
export type CallRead = {
  readonly tool: string;
  /** The arguments, where they are an object. */
  readonly input: Fields | undefined;
  /** What the arguments say, without the quoting of JSON. */
  readonly text: string;
};

export type ItemRead = {
  /** What is said beside the calls. */
  readonly said: string;
  readonly calls: readonly CallRead[];
};

/** Deeper arguments than this are read as they are written. */
const maxDepth = 6;

/**
 * What an item says and what it calls. Every dialect shows a call as `tool(arguments)` on a line of its own; an
 * item of another kind says all of its text.
 */
export function readItem({ kind, text, tool, toolOf }: ItemView): ItemRead {
  if (kind !== 'call') return { said: text, calls: [] };
  const tools = new Set([...Object.values(toolOf ?? {}), ...(tool === undefined ? [] : [tool])]);
  const starts = [...tools]
    .filter((name) => name !== '')
    .flatMap((name) => startsOf(text, `${name}(`).map((at) => ({ name, at })))
    .toSorted((left, right) => left.at - right.at);
  const calls = starts.map(({ name, at }, index) => {
    const end = starts[index + 1]?.at ?? text.length;
    return callOf(name, text.slice(at + name.length + 1, end).trimEnd());
  });
  return { said: text.slice(0, starts[0]?.at ?? text.length), calls };
}

/** Where a line begins with `opening`. */
function startsOf(text: string, opening: string): readonly number[] {
  const found: number[] = [];
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at + opening.length)) {
    if (at === 0 || text[at - 1] === '\n') found.push(at);
  }
  return found;
}

function callOf(tool: string, written: string): CallRead {
  const source = written.endsWith(')') ? written.slice(0, -1) : written;
  const input = parse(source);
  if (input === undefined) return { tool, input: undefined, text: source };
  return { tool, input, text: [...stringsIn(input, 0)].join('\n') };
}

function parse(source: string): Fields | undefined {
  if (!source.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(source);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function* stringsIn(value: unknown, depth: number): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value) && depth < maxDepth) {
    for (const part of value) yield* stringsIn(part, depth + 1);
  } else if (isFields(value) && depth < maxDepth) {
    for (const part of Object.values(value)) yield* stringsIn(part, depth + 1);
  }
}
