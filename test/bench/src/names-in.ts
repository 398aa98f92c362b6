/** What an agent can name: the kinds whose survival is asked for. */
export const nameKinds = ['path', 'url', 'identifier'] as const;
export type NameKind = (typeof nameKinds)[number];
export type Name = { readonly kind: NameKind; readonly text: string };

const url = /https?:\/\/[^\s"'`<>()[\]{}\\|^]+/gu;
const path =
  /(?<![\w.@~/$-])(?:~|\.{1,2})?\/?(?:[\w@.+-]+\/)+[\w@.+-]*|(?<![\w.@/-])[\w-]+(?:\.[\w-]+)*\.[A-Za-z]\w{0,5}(?![\w(])/gu;
const fileName =
  /\.(?:[cm]?[tj]sx?|jsonl?|md|ya?ml|toml|py|rs|go|css|html|sh|exs?|heex|eex|lock|txt|sql|conf|csv|png|svg|rb|java|c|h|cpp|xml|cfg|ini)$/u;
const word = /(?<![\w$])[A-Za-z_$][\w$]{2,63}(?![\w$])/gu;

/**
 * The paths, URLs and code identifiers of a text. Written for measuring and apart from the engine's own patterns,
 * so that what those miss counts as missed. An identifier is a word that prose does not use: with a hump or an
 * underscore in it.
 */
export function namesIn(text: string): readonly Name[] {
  const found = new Map<string, Name>();
  const add = (kind: NameKind, name: string) => found.set(`${kind} ${name}`, { kind, text: name });
  for (const [match] of text.matchAll(url)) add('url', match.replace(/[.,;:!?*]+$/u, ''));
  const rest = text.replace(url, ' ').replace(/\\[nrt]/gu, ' ');
  for (const [match] of rest.matchAll(path)) {
    const name = match.replace(/[.,:;]+$/u, '').replace(/^(?:\.\/)+/u, '');
    if (fileName.test(name) || name.split('/').filter((part) => part !== '').length > 2) add('path', name);
  }
  for (const [match] of rest.matchAll(word)) {
    if (/[a-z\d][A-Z]|[A-Za-z\d]_[A-Za-z\d]/u.test(match)) add('identifier', match);
  }
  return [...found.values()];
}

/** Whether a text has a name word for word, and not as a part of a longer one; a path may follow a folder. */
export function hasName(text: string, { kind, text: name }: Name): boolean {
  const before = kind === 'identifier' ? /[\w$]/u : /[\w.@-]/u;
  const after = kind === 'identifier' ? /[\w$]/u : kind === 'path' ? /[\w@-]/u : /[\w]/u;
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const left = text[at - 1] ?? ' ';
    const right = text[at + name.length] ?? ' ';
    if (!before.test(left) && !after.test(right)) return true;
  }
  return false;
}
