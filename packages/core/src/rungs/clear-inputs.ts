import type { Change } from '../change.ts';
import type { Proposal } from './edit.ts';
import type { RungContext } from './rung.ts';
import type { ToolResult } from './tool-results.ts';

/** A call this small has hardly any arguments. */
const minClearedTokens = 40;

/**
 * The calls whose arguments may go with a result. An item with several calls goes when the last of their results
 * came by, so that a call is not without its input while its result is still to be read.
 */
export function inputsOf(context: RungContext): (result: ToolResult) => readonly Proposal[] {
  if (context.policy.clearToolInputs !== true) return () => [];
  const seen = new Set<string>();
  const callers = new Map(
    context.entries.flatMap(({ view }, index) => view.calls.map((id) => [id, index] as const)),
  );
  return ({ entry: { view } }) => {
    for (const id of view.answers) seen.add(id);
    return [...new Set(view.answers.flatMap((id) => callers.get(id) ?? []))]
      .filter((index) => context.entries[index]?.view.calls.every((id) => seen.has(id)) === true)
      .map((index) => ({ index, change: () => withoutInput(context, index) }));
  };
}

function withoutInput({ entries, weigher, cleared }: RungContext, index: number): Change | undefined {
  const entry = entries[index];
  if (entry === undefined || entry.tokens < minClearedTokens) return undefined;
  const view = cleared(entry, 'input');
  if (view === undefined) return undefined;
  const tokens = weigher.view(view);
  return { fate: 'cleared', part: 'input', text: view.text, tokens, reason: 'old_tool_input' };
}
