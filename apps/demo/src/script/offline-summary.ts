import type { CountTokens } from '../prompt.ts';
import { readSummaryPrompt, type SummaryPrompt } from './read-summary-prompt.ts';

export type SummaryLimits = { readonly maxTokens: number; readonly countTokens: CountTokens };

/** What a summary can say, by the kind of section that it belongs to. Newest last. */
type Facts = Readonly<Record<Kind, readonly string[]>>;
type Kind = 'asked' | 'entities' | 'constraints' | 'decisions' | 'changes' | 'open' | 'sources';

const kinds: readonly (readonly [title: RegExp, kind: Kind])[] = [
  [/constraint/iu, 'constraints'],
  [/entit|reference/iu, 'entities'],
  [/decision|^summary/iu, 'decisions'],
  [/change/iu, 'changes'],
  [/open|follow/iu, 'open'],
  [/source/iu, 'sources'],
];

const maxLineCharacters = 260;
const maxNames = 40;

/**
 * The summary that the offline model writes: sentences of the transcript and of the summary before it, sorted into
 * the sections that were asked for, the newest first where the limit does not allow for all. Deterministic; it
 * says nothing that the prompt does not say.
 */
export function writeSummary(prompt: string, { maxTokens, countTokens }: SummaryLimits): string {
  const parsed = readSummaryPrompt(prompt);
  const facts = factsOf(parsed);
  const sections = parsed.sections.map((title) => ({ title, lines: [...facts[kindOf(title)]] }));
  const chosen = sections.map((): string[] => []);
  let room = maxTokens - sections.reduce((sum, { title }) => sum + countTokens(`## ${title}\n`) + 1, 0);
  while (sections.some(({ lines }) => lines.length > 0)) {
    for (const [index, { lines }] of sections.entries()) {
      const line = lines.pop();
      if (line === undefined) continue;
      const cost = countTokens(`- ${line}\n`) + 1;
      if (cost > room) continue;
      room -= cost;
      chosen[index]?.unshift(line);
    }
  }
  return sections
    .map(({ title }, index) =>
      [`## ${title}`, ...(chosen[index] ?? []).map((line) => `- ${line}`)].join('\n'),
    )
    .join('\n');
}

function kindOf(title: string): Kind {
  return kinds.find(([pattern]) => pattern.test(title))?.[1] ?? 'asked';
}

function factsOf({ blocks, carried }: SummaryPrompt): Facts {
  const texts = (pattern: RegExp) =>
    blocks.filter(({ heading }) => pattern.test(heading)).map(({ text }) => text);
  const asked = texts(/^user/u);
  const said = texts(/^assistant/u);
  const results = texts(/^result/u);
  const findings = said.filter((text) => text.startsWith('Finding'));
  const edited = results.flatMap((text) => /^ok (?:edited|created) (\S+):/u.exec(text)?.[1] ?? []);
  const digests = [...said, ...results].flatMap((text) => text.match(/\b[0-9a-f]{64} {2}\S+/gu) ?? []);
  const runs = results.flatMap((text) => /^(?:ok|failed) exit \d+: .*$/mu.exec(text)?.[0] ?? []);
  const files = results.flatMap((text) => /^ok (\S+) lines /u.exec(text)?.[1] ?? []);
  const failures = results.flatMap((text) => /^.*(?:AssertionError|SyntaxError).*$/mu.exec(text)?.[0] ?? []);
  const open = asked.length > findings.length ? asked.slice(-1).map((text) => `under way: ${text}`) : [];
  return {
    asked: merge(carried, 'asked: ', asked),
    entities: [
      ...merge(carried, 'sha256 ', digests),
      ...listed(carried, 'read: ', files),
      ...listed(carried, 'edited: ', edited),
    ],
    constraints: merge(carried, 'rule: ', asked.flatMap(rulesIn)),
    decisions: [
      ...unlabelled(carried),
      ...merge(
        carried,
        'found: ',
        findings.map((text) => text.replace(/^Finding[:,] ?/u, '')),
      ),
    ],
    changes: merge(
      carried,
      'changed ',
      results.flatMap((text) => /^ok (?:edited|created) (.+)/u.exec(text)?.[1] ?? []),
    ),
    open: [...merge(carried, 'failed once: ', failures), ...open.map(oneLine)],
    sources: merge(carried, 'ran: ', runs),
  };
}

/** Sentences that demand something for good. */
function rulesIn(text: string): readonly string[] {
  return text.match(/[^.?!]*\b(?:rule|must|never|always)\b[^.?!]*(?:\.\w[^.?!]*)*[.?!]/giu) ?? [];
}

/** Lines of a summary that another hand wrote. */
function unlabelled(carried: readonly string[]): readonly string[] {
  const labels = /^(?:asked|sha256|read|edited|rule|found|changed|failed once|under way|ran)\b/u;
  return carried.filter((line) => !labels.test(line));
}

/** Lines of the summary before with this label, then the new ones; each once. */
function merge(carried: readonly string[], label: string, texts: readonly string[]): readonly string[] {
  const before = carried.filter((line) => line.startsWith(label));
  return [...new Set([...before, ...texts.map((text) => oneLine(label + text.trim()))])];
}

/** The same for names, on one line. */
function listed(carried: readonly string[], label: string, names: readonly string[]): readonly string[] {
  const before = carried
    .filter((line) => line.startsWith(label))
    .flatMap((line) => line.slice(label.length).split(', '));
  const all = [...new Set([...before, ...names])].slice(-maxNames);
  return all.length === 0 ? [] : [label + all.join(', ')];
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length <= maxLineCharacters ? line : `${line.slice(0, maxLineCharacters - 1)}…`;
}
