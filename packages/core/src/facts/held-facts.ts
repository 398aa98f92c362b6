import { factKey, mentionOf } from './fact.ts';
import type { Fact, Mention } from './fact.ts';
import { filesInSheet } from './read-fact-sheet.ts';
import { scanWords } from './scan-words.ts';

/** So much of a saying must stand in a text for it to be found there: the rest may be cut. */
const recognizedCharacters = 120;

/** Tells which facts a text holds, as a reader of it would find them: word for word, and files by their whole path. */
export function holderOf(text: string): (fact: Pick<Fact, 'kind' | 'text'>) => boolean {
  const found = new Set<string>();
  const add = (mention: Mention) => {
    found.add(mention.key);
    if (mention.kind === 'path')
      for (const end of endsOf(mention.text)) found.add(factKey({ kind: 'path', text: end }));
  };
  scanWords(text, new Map(), add);
  for (const { text: path } of filesInSheet(text)) add(mentionOf('path', path));
  return (fact) =>
    isSaid(fact.kind) ? text.includes(fact.text.slice(0, recognizedCharacters)) : found.has(factKey(fact));
}

/** A path, and what it is called from the folders above it. */
export function* endsOf(path: string): Generator<string> {
  yield path;
  for (let at = path.indexOf('/', 1); at !== -1 && at < path.length - 1; at = path.indexOf('/', at + 1)) {
    yield path.slice(at + 1);
  }
}

/** Whether a fact is a sentence or a line, and not a word. */
function isSaid(kind: Fact['kind']): boolean {
  return kind !== 'url' && kind !== 'path' && kind !== 'id' && kind !== 'identifier';
}
