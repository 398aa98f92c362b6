import type { Fields } from '../dialects/fields-of.ts';
import { mentionOf } from './fact.ts';
import type { Mention } from './fact.ts';
import type { CallRead } from './read-calls.ts';

/** Names of arguments that hold one file or folder. */
const pathArguments = [
  'path',
  'file_path',
  'filePath',
  'file',
  'filename',
  'notebook_path',
  'target_file',
  'relative_workspace_path',
  'directory',
  'dir',
  'cwd',
  'workdir',
] as const;
const maxPathCharacters = 400;

/** What a tool does to the file that it names, by a word in its name. The first that fits. */
const ways: readonly (readonly [way: string, words: RegExp])[] = [
  ['d', /delete|remove|unlink/iu],
  ['e', /edit|patch|replace|insert|update/iu],
  ['w', /write|create|save|move|rename/iu],
  ['x', /run|exec|bash|shell|test/iu],
  ['r', /read|view|open|cat|get|fetch|list|ls|glob|grep|search|find/iu],
];

/** The same of a command, by its first word. */
const commandWays: readonly (readonly [way: string, words: RegExp])[] = [
  ['r', /^(?:cat|head|tail|less|more|sed -n|grep|rg|ls|find|wc|nl|bat|stat|file|diff)\b/u],
  ['e', /^(?:sed -i|perl -[pi]|patch|chmod|git (?:checkout|restore|mv))\b/u],
  ['w', /^(?:tee|touch|mkdir|cp|mv)\b/u],
  ['d', /^(?:rm|rmdir|git rm)\b/u],
  ['x', /^(?:node|python3?|npx|tsx|bash|sh|deno|bun|ruby|go run|mix|pytest|vitest|jest|cargo|make)\b/u],
];

const patchLine =
  /^(?:\*\*\* (Add|Update|Delete) File: |(create_file|update_file|delete_file) )(\S{1,400})/gmu;
const patchWays: Readonly<Record<string, string>> = {
  Add: 'w',
  create_file: 'w',
  Update: 'e',
  update_file: 'e',
  Delete: 'd',
  delete_file: 'd',
};

/** The files that a call names in arguments of their own, and how it touches them. */
export function touchedFiles({ tool, input, text }: CallRead): readonly Mention[] {
  const way = ways.find(([, words]) => words.test(tool))?.[0];
  const named = input === undefined ? [] : pathArguments.flatMap((name) => pathIn(input, name));
  const patched = [...text.matchAll(patchLine)].flatMap(([, headed, typed, path]) =>
    path === undefined ? [] : { path, how: patchWays[headed ?? typed ?? ''] },
  );
  return [...named.map((path) => ({ path, how: way })), ...patched].map(({ path, how }) =>
    mentionOf('path', path, how),
  );
}

/** How a command line touches the files that it names; `undefined` where its first word does not tell. */
export function wayOfCommand(command: string): string | undefined {
  const start = command
    .slice(0, 200)
    .trimStart()
    .replace(/^cd \S{1,200} && /u, '');
  return commandWays.find(([, words]) => words.test(start))?.[0];
}

function pathIn(input: Fields, name: string): readonly string[] {
  const value = input[name];
  if (typeof value !== 'string' || value.length < 2 || value.length > maxPathCharacters) return [];
  return /[\n\0]/u.test(value) || !/[\w]/u.test(value) ? [] : [value];
}
