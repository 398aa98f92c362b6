import type { Entry } from '../entry.ts';
import type { Group } from '../group.ts';
import type { ItemView } from '../item-view.ts';
import type { Candidate } from '../keeping/candidate.ts';
import type { CompactPolicy } from '../policy.ts';

/** A tool's output in the context, with the call that it answers. */
export type ToolResult = {
  readonly index: number;
  readonly entry: Entry<unknown>;
  readonly group: Group;
  readonly tool: string | undefined;
  /** Every tool that it answers: a message of Anthropic's may hold the outputs of several. */
  readonly tools: readonly string[];
  /** The calls of its group as the model wrote them, where that can be told, by the position of their results. */
  readonly calls: () => ReadonlyMap<number, string>;
};

type Entries = readonly Entry<unknown>[];

/**
 * The results that may be touched at all, in order: nothing protected, pending, of an excluded tool, or of a group
 * that a named tool keeps.
 */
export function toolResults(
  groups: readonly Group[],
  entries: Entries,
  { excludeTools, keepTools = [] }: Pick<CompactPolicy, 'excludeTools' | 'keepTools'>,
  candidates: ReadonlyMap<Group, Candidate>,
): readonly ToolResult[] {
  const results: ToolResult[] = [];
  for (const group of groups) {
    if (group.kind !== 'tool' || group.isProtected || group.isPending) continue;
    if (
      keepTools.length > 0 &&
      candidates.get(group)?.tools.some((tool) => keepTools.includes(tool)) === true
    )
      continue;
    for (const result of resultsOf(group, entries)) {
      if (!excludeTools.some((name) => result.tools.includes(name))) results.push(result);
    }
  }
  return results.toSorted((left, right) => left.index - right.index);
}

function resultsOf(group: Group, entries: Entries): readonly ToolResult[] {
  const names = new Map<string, string>();
  const results: ToolResult[] = [];
  let read: ReadonlyMap<number, string> | undefined;
  const calls = () => (read ??= answeredCalls(group, entries));
  for (const index of group.members) {
    const entry = entries[index];
    if (entry === undefined) continue;
    const { view } = entry;
    for (const id of view.calls) {
      const name = toolOf(view, id);
      if (name !== undefined) names.set(id, name);
    }
    if (view.kind !== 'result') continue;
    // Chat Completions and Anthropic name the tool in the call only.
    const tools = view.tool === undefined ? view.answers.flatMap((id) => names.get(id) ?? []) : [view.tool];
    results.push({ index, entry, group, tool: tools[0], tools, calls });
  }
  return results;
}

/** The tool of one of the calls that an item makes. */
function toolOf({ calls, tool, toolOf: byCall }: ItemView, id: string): string | undefined {
  return byCall?.[id] ?? (calls.length === 1 ? tool : undefined);
}

/** The text of the call that each result of a group answers, by the result's position. */
function answeredCalls(group: Group, entries: Entries): ReadonlyMap<number, string> {
  const calls = new Map<string, string>();
  const answered = new Map<number, string>();
  for (const index of group.members) {
    const entry = entries[index];
    if (entry === undefined) continue;
    for (const [id, call] of callsOf(entry)) calls.set(id, call);
    if (entry.view.kind !== 'result') continue;
    const call = entry.view.answers.map((id) => calls.get(id)).find((text) => text !== undefined);
    if (call !== undefined) answered.set(index, call);
  }
  return answered;
}

/** An item with several calls has a line for each, behind what it says. */
function callsOf({ view }: Entry<unknown>): readonly (readonly [string, string])[] {
  if (view.calls.length === 0) return [];
  const made =
    view.calls.length === 1
      ? [lastCall(view.text, view.tool)]
      : view.text.split('\n').slice(-view.calls.length);
  const isClear = made.every((line) => /^[^\s(]+\(/u.test(line));
  return isClear ? view.calls.map((id, index) => [id, made[index] ?? ''] as const) : [];
}

/** The call in a text that may say something before it. */
function lastCall(text: string, tool = ''): string {
  return text.slice(Math.max(0, text.startsWith(`${tool}(`) ? 0 : text.indexOf(`\n${tool}(`) + 1));
}
