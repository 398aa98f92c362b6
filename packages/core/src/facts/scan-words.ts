import { mentionOf } from './fact.ts';
import type { Mention } from './fact.ts';

/**
 * Escapes as they stand in source code, URLs, and runs of the characters that paths, names and ids are made of. Each loop is bounded and no two of them
 * can share a character, so that no text makes the pattern slow.
 */
const runs = /\\[nrt]|https?:\/\/[^\s"'`<>()[\]{}\\|^]{1,400}|#\d{1,7}\b|[\w$@~./][\w$@~./+-]{1,300}/gu;

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;
const hash = /^(?=[a-f]{0,39}\d)(?=\d{0,39}[a-f])[\da-f]{7,40}$/u;
const version = /^v?\d{1,5}\.\d{1,5}\.\d{1,5}(?:[.-][\w.-]{1,30})?$/u;
const hyphened = /^(?=\D{0,60}\d)[A-Za-z][A-Za-z\d]{0,30}(?:-[A-Za-z\d]{1,30}){1,6}$/u;
const anyExtension = /[^./]\.[A-Za-z][A-Za-z\d]{0,7}$/u;
const packageName = /^@[a-z\d][\w.-]{0,80}\/[a-z\d][\w.-]{0,80}$/u;
/** A word that a person would not write in prose: a hump, an underscore between letters, a dollar. */
const codeWord = /[a-z\d][A-Z]|[A-Za-z\d]_[A-Za-z\d]|^[$_]\w/u;
const startsLikeName = /^[A-Za-z_$]/u;

/** Extensions by which a bare name is taken for a file: `a.b` is more often a property. */
const fileExtensions = new Set(
  (
    'ts tsx mts cts js jsx mjs cjs json jsonl json5 md mdx rst txt yml yaml toml ini cfg conf env lock xml html htm ' +
    'css scss less svg png jpg jpeg gif webp pdf csv tsv parquet sql sqlite py pyi ipynb rb rs go java kt kts ' +
    'scala swift c h cc cpp hpp cs php pl lua jl ex exs eex heex erl hs ml clj dart vue svelte sh bash zsh fish ' +
    'ps1 bat tf proto graphql gradle zip gz tgz tar'
  ).split(' '),
);

/** Credentials have no place in a sheet: known prefixes, and long words that mix everything. */
const secret =
  /^(?:sk|pk|rk|ghp|gho|ghs|ghu|glpat|xox[abprs]|hf|npm|pypi)[-_]\w{8}|^(?:AKIA|ASIA|AIza|eyJ)\w{8}|^github_pat_/u;

/** The paths, URLs, ids and identifiers of a text. `known` remembers words between texts: most are said again. */
export function scanWords(
  text: string,
  known: Map<string, readonly Mention[]>,
  found: (mention: Mention) => void,
): void {
  runs.lastIndex = 0;
  for (let match = runs.exec(text); match !== null; match = runs.exec(text)) {
    const run = match[0];
    let mentions = known.get(run);
    if (mentions === undefined) {
      mentions = classify(run);
      known.set(run, mentions);
    }
    for (const mention of mentions) found(mention);
  }
}

function classify(run: string): readonly Mention[] {
  if (run.startsWith('http')) {
    const url = run.replace(/[.,;:!?*_-]{1,10}$/u, '');
    if (/^https?:\/\/./u.test(url)) return [mentionOf('url', url)];
  }
  if (run.startsWith('\\')) return [];
  if (run.startsWith('#')) return [mentionOf('id', run)];
  const word = run.replace(/[.+~@-]{1,10}$/u, '');
  if (word.length < 3 || looksSecret(word)) return [];
  if (uuid.test(word) || hash.test(word) || version.test(word) || hyphened.test(word)) {
    return [mentionOf('id', word)];
  }
  if (packageName.test(word) && !anyExtension.test(word)) return [mentionOf('identifier', word)];
  const path = pathOf(word);
  if (path !== undefined) return [mentionOf('path', path)];
  return word
    .split(/[^\w$]/u)
    .filter(
      (part) => part.length > 2 && part.length <= 64 && startsLikeName.test(part) && codeWord.test(part),
    )
    .map((text) => mentionOf('identifier', text));
}

/** The path that a word is, as it is written; `undefined` where it is none. */
function pathOf(path: string): string | undefined {
  if (!/[A-Za-z]/u.test(path) || path.includes('//') || /[$~@]$/u.test(path)) return undefined;
  const extension = anyExtension.test(path) ? path.slice(path.lastIndexOf('.') + 1).toLowerCase() : '';
  if (!path.includes('/'))
    return fileExtensions.has(extension) && /^[\w.@+-]+$/u.test(path) ? path : undefined;
  const segments = path.split('/').filter((segment) => segment !== '' && segment !== '.');
  // `name/2` is a function and its arity, `1/3` a share.
  if (/^\d+$/u.test(segments.at(-1) ?? '')) return undefined;
  if (extension !== '' || segments.length > 2) return path;
  const isRooted = /^(?:\/|~\/|\.\.\/)/u.test(path);
  return segments.length === 2 && (isRooted || path.endsWith('/')) ? path : undefined;
}

function looksSecret(word: string): boolean {
  if (secret.test(word)) return true;
  if (word.length < 28 || word.includes('/') || word.includes('.')) return false;
  return /\d/u.test(word) && /[a-z]/u.test(word) && /[A-Z]/u.test(word) && !word.includes('_');
}
