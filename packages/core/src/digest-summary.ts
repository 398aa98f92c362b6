import type { Entry } from './entry.ts';
import { oneLine } from './facts/one-line.ts';

// Every repetition is bounded and starts at a boundary, so that no text makes a pattern slow.
const pathPattern =
  /(?<![\w.@/-])(?:[\w.@-]{1,64}\/){1,12}[\w.@-]{1,80}|(?<![\w.@/-])[\w-]{1,80}\.(?:tsx?|jsx?|mjs|json|md|ya?ml|toml|py|rs|go|css|html|sh)\b/gu;
const urlPattern = /https?:\/\/[^\s"'<>)\]]{1,500}/gu;
const errorPattern =
  /^.{0,200}\b(?:error|failed|failure|exception|cannot|not found|denied|fatal)\b.{0,200}/gimu;
const maxLineCharacters = 240;
const minLineCharacters = 16;
/** What was asked is the task: it is cut last. */
const maxAskCharacters = 400;

type Section = { readonly title: string; readonly lines: readonly string[] };

/**
 * A summary that needs no model: what the user asked, what was touched, called and concluded, and what went
 * wrong, taken from the items word for word. Deterministic. Sections are filled in turn, newest lines first,
 * until `maxTokens` is reached; the previous summary's lines take part as lines of their own section. Where a fact
 * sheet stands beneath it, what that lists is left to it.
 */
export function digestSummary(
  entries: readonly Entry<unknown>[],
  previous: string | undefined,
  maxTokens: number,
  count: (text: string) => number,
  hasSheet: boolean = false,
): string {
  const said = sectionsOf(entries, previous, hasSheet).filter(({ lines }) => lines.length > 0);
  // Where nobody said anything, a sheet alone is no summary: files and calls are listed here then.
  const sections = said.length > 0 ? said : listed(entries, []).filter(({ lines }) => lines.length > 0);
  const chosen = sections.map(() => [] as string[]);
  let left = maxTokens - sections.reduce((sum, { title }) => sum + count(`## ${title}\n`), 0);
  const rounds = Math.max(0, ...sections.map(({ lines }) => lines.length));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { lines }] of sections.entries()) {
      const line = lines[round];
      if (line === undefined) continue;
      const cost = count(`- ${line}\n`);
      if (cost > left) continue;
      left -= cost;
      chosen[index]?.unshift(`- ${line}`);
    }
  }
  if (chosen.every((lines) => lines.length === 0)) return shortened(sections, maxTokens, count);
  return sections
    .flatMap(({ title }, index) => {
      const lines = chosen[index] ?? [];
      return lines.length === 0 ? [] : [`## ${title}`, ...lines];
    })
    .join('\n');
}

/** Where no whole line fits: as much as does of the first, so that what left is not without a word. */
function shortened(sections: readonly Section[], maxTokens: number, count: (text: string) => number): string {
  const [first] = sections;
  const [line] = first?.lines ?? [];
  if (first === undefined || line === undefined) return '';
  for (let length = line.length; length >= minLineCharacters; length = Math.floor(length / 2)) {
    const text = `## ${first.title}\n- ${oneLine(line, length)}`;
    if (count(text) <= maxTokens) return text;
  }
  return '';
}

/** Each section's lines, newest first. */
function sectionsOf(
  entries: readonly Entry<unknown>[],
  previous: string | undefined,
  hasSheet: boolean,
): readonly Section[] {
  const texts = (role: string, kind: string) =>
    entries.filter(({ view }) => view.role === role && view.kind === kind).map(({ view }) => view.text);
  return [
    { title: 'What the user asked', lines: newest(texts('user', 'message'), maxAskCharacters) },
    { title: 'What was concluded', lines: newest(texts('assistant', 'message')) },
    ...(hasSheet ? [] : listed(entries, [...texts('user', 'message'), ...texts('assistant', 'message')])),
    { title: 'From the summary before this one', lines: carried(previous) },
  ];
}

/** What a fact sheet would list. */
function listed(entries: readonly Entry<unknown>[], messages: readonly string[]): readonly Section[] {
  const results = entries.filter(({ view }) => view.kind === 'result').map(({ view }) => view.text);
  const calls = entries.filter(({ view }) => view.kind === 'call').map(({ view }) => view.text);
  return [
    { title: 'Files and URLs', lines: newest(matches([...messages, ...calls], [pathPattern, urlPattern])) },
    { title: 'What went wrong', lines: newest(matches(results, [errorPattern])) },
    { title: 'Calls made', lines: newest(calls) },
  ];
}

/** Lines of an earlier summary without its headings; what it said first comes first again. */
function carried(previous: string | undefined): readonly string[] {
  if (previous === undefined) return [];
  const lines = previous
    .split('\n')
    .map((line) => line.replace(/^[-*]\s+/u, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('<'));
  return unique(lines.map((line) => oneLine(line, maxLineCharacters)));
}

function matches(texts: readonly string[], patterns: readonly RegExp[]): readonly string[] {
  return texts.flatMap((text) => patterns.flatMap((pattern) => text.match(pattern) ?? []));
}

function newest(lines: readonly string[], maxCharacters: number = maxLineCharacters): readonly string[] {
  return unique(lines.toReversed().map((line) => oneLine(line, maxCharacters))).filter((line) => line !== '');
}

function unique(lines: readonly string[]): readonly string[] {
  return [...new Set(lines)];
}
