import type { ItemView } from '../item-view.ts';
import { mentionOf } from './fact.ts';
import type { Mention, Speaker } from './fact.ts';
import { errorLines, saysFailure } from './failures.ts';
import { oneLine } from './one-line.ts';
import { readItem } from './read-calls.ts';
import type { CallRead } from './read-calls.ts';
import { agentSayings, userSayings } from './sayings.ts';
import { scanWords } from './scan-words.ts';
import { touchedFiles, wayOfCommand } from './touched-files.ts';

/** What one item tells: each fact once. */
type Told = {
  readonly by: Speaker;
  readonly mentions: readonly Mention[];
  /** The commands of its calls, in the order of the view's call ids. */
  readonly commands: readonly string[];
  /** For an output that says so: the first line that tells why. */
  readonly failure: string | undefined;
};

/** A text of this length is scanned in one go; a longer one with a breath between its parts. */
const sliceCharacters = 32_768;
const commandCharacters = 160;

export type Telling = {
  /** The facts of an item, with a breath now and then. An item is read once, for as long as its view lives. */
  readonly read: (view: ItemView) => Generator<void, Told>;
};

/** Words are remembered between items: most are said many times. More than this are not worth their memory. */
const maxWords = 50_000;

export function createTelling(): Telling {
  const told = new WeakMap<ItemView, Told>();
  const words = new Map<string, readonly Mention[]>();
  return {
    *read(view) {
      const known = told.get(view);
      if (known !== undefined) return known;
      if (words.size > maxWords) words.clear();
      const made = yield* tell(view, words);
      told.set(view, made);
      return made;
    },
  };
}

function* tell(view: ItemView, words: Map<string, readonly Mention[]>): Generator<void, Told> {
  const { said, calls } = readItem(view);
  const found = new Map<string, Mention>();
  const add = (mention: Mention) => {
    const known = found.get(mention.key);
    if (known === undefined) found.set(mention.key, mention);
    else if (mention.how !== undefined && known.how !== mention.how) {
      found.set(mention.key, { ...mention, how: joinWays(known.how, mention.how) ?? mention.how });
    }
  };
  const by = speakerOf(view);
  if (view.kind === 'message' && by === 'user') userSayings(said).forEach(add);
  if (by === 'assistant' && view.kind !== 'reasoning') agentSayings(said).forEach(add);
  const errors = view.kind === 'result' ? errorLines(said) : [];
  for (const text of errors) add(mentionOf('error', text));
  yield* scan(said, words, add);
  for (const call of calls) {
    const files = touchedFiles(call);
    files.forEach(add);
    const command = commandIn(call);
    for (const part of command?.split(/&&|[;|\n]/u) ?? []) {
      const how = wayOfCommand(part);
      if (how !== undefined) {
        scanWords(part, words, (mention) => add(mention.kind === 'path' ? { ...mention, how } : mention));
      }
    }
    yield* scan(withoutNamesInTwo(call.text, files), words, add);
  }
  return {
    by,
    mentions: [...found.values()],
    commands: calls.map(nameOfCall),
    failure: view.kind === 'result' && saysFailure(said) ? (errors[0] ?? '') : undefined,
  };
}

function* scan(
  text: string,
  words: Map<string, readonly Mention[]>,
  add: (mention: Mention) => void,
): Generator<void> {
  for (let at = 0; at < text.length;) {
    const end = endOfSlice(text, at);
    scanWords(text.slice(at, end), words, add);
    at = end;
    yield;
  }
}

/** A path with a space in it is no two paths. */
function withoutNamesInTwo(text: string, files: readonly Mention[]): string {
  return files
    .filter((file) => file.text.includes(' '))
    .reduce((left, file) => left.replaceAll(file.text, ' '), text);
}

/** Behind a space where there is one near, so that no word is cut. */
function endOfSlice(text: string, start: number): number {
  const end = start + sliceCharacters;
  if (end >= text.length) return text.length;
  const near = text.slice(end - 512, end);
  const space = Math.max(near.lastIndexOf(' '), near.lastIndexOf('\n'));
  return space === -1 ? end : end - 512 + space + 1;
}

function speakerOf({ role, kind }: ItemView): Speaker {
  if (kind === 'result' || role === 'tool') return 'tool';
  return role === 'assistant' ? 'assistant' : 'user';
}

/** The command line of a call that runs one. */
function commandIn({ input, text }: CallRead): string | undefined {
  const given = input?.command ?? input?.cmd ?? input?.commands ?? input?.script;
  if (typeof given === 'string') return given;
  if (Array.isArray(given)) return given.filter((part) => typeof part === 'string').join(' ');
  return input === undefined ? text.slice(0, 2000) : undefined;
}

function nameOfCall(call: CallRead): string {
  const command = call.input === undefined ? call.text : commandIn(call);
  const what = command ?? `${call.tool} ${touchedFiles(call)[0]?.text ?? call.text}`;
  return oneLine(what, commandCharacters);
}

const order = ['r', 'w', 'e', 'd', 'x'] as const;

/** Both ways in which a file was touched, each once and always in the same order. */
export function joinWays(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined || left === right) return left ?? right;
  return order.filter((way) => left.includes(way) || right.includes(way)).join('');
}
