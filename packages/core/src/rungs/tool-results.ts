import type { Entry } from '../entry.ts';
import type { Group } from '../group.ts';

/** A tool's output in the context, with the call that it answers. */
export type ToolResult = {
  readonly index: number;
  readonly entry: Entry<unknown>;
  readonly group: Group;
  readonly tool: string | undefined;
  /** Every tool that it answers: a message of Anthropic's may hold the outputs of several. */
  readonly tools: readonly string[];
  /** The call as the model wrote it, where it can be told. */
  readonly call: string | undefined;
};

/** The results that may be touched at all, in order: nothing protected, pending, or of an excluded tool. */
export function toolResults(
  groups: readonly Group[],
  entries: readonly Entry<unknown>[],
  excluded: readonly string[],
): readonly ToolResult[] {
  return groups
    .filter(({ kind, isProtected, isPending }) => kind === 'tool' && !isProtected && !isPending)
    .flatMap((group) => resultsOf(group, entries))
    .filter(({ tools }) => !excluded.some((name) => tools.includes(name)))
    .toSorted((left, right) => left.index - right.index);
}

function resultsOf(group: Group, entries: readonly Entry<unknown>[]): readonly ToolResult[] {
  const calls = new Map<string, string>();
  const names = new Map<string, string>();
  const results: ToolResult[] = [];
  for (const index of group.members) {
    const entry = entries[index];
    if (entry === undefined) continue;
    for (const [id, call] of callsOf(entry)) calls.set(id, call);
    for (const [id, name] of namesOf(entry)) names.set(id, name);
    const { kind, answers, tool } = entry.view;
    if (kind !== 'result') continue;
    const call = answers.map((id) => calls.get(id)).find((text) => text !== undefined);
    // Chat Completions and Anthropic name the tool in the call only.
    const tools = tool === undefined ? answers.flatMap((id) => names.get(id) ?? []) : [tool];
    results.push({ index, entry, group, tool: tools[0], tools, call });
  }
  return results;
}

/** The tool of each call that an item makes. */
function namesOf({ view }: Entry<unknown>): readonly (readonly [string, string])[] {
  return view.calls.flatMap((id) => {
    const name = view.toolOf?.[id] ?? (view.calls.length === 1 ? view.tool : undefined);
    return name === undefined ? [] : [[id, name] as const];
  });
}

/** An item with several calls has a line for each, behind what it says. */
function callsOf({ view }: Entry<unknown>): readonly (readonly [string, string])[] {
  if (view.calls.length === 0) return [];
  const lines = view.text.split('\n');
  const made = view.calls.length === 1 ? [lastCall(view.text, view.tool)] : lines.slice(-view.calls.length);
  const isClear = made.every((line) => /^[^\s(]+\(/u.test(line));
  return isClear ? view.calls.map((id, index) => [id, made[index] ?? ''] as const) : [];
}

/** The call in a text that may say something before it. */
function lastCall(text: string, tool = ''): string {
  return text.slice(Math.max(0, text.startsWith(`${tool}(`) ? 0 : text.indexOf(`\n${tool}(`) + 1));
}
