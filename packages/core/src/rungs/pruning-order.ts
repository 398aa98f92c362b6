import type { CompactPolicy } from '../policy.ts';
import type { ToolResult } from './tool-results.ts';

/** The order in which results are cleared and trimmed. Deterministic: what is equal goes by age. */
export function pruningOrder(
  results: readonly ToolResult[],
  { pruning = 'fifo' }: Pick<CompactPolicy, 'pruning'>,
): readonly ToolResult[] {
  switch (pruning) {
    case 'fifo':
      return results;
    case 'recency':
      return byRank(results, ({ entry }, position) => -entry.tokens * (results.length - position));
    case 'stage_aware': {
      const latest = new Map(results.map((result) => [subjectOf(result), result]));
      return byRank(results, (result) => (latest.get(subjectOf(result)) === result ? 1 : 0));
    }
  }
}

function byRank(
  results: readonly ToolResult[],
  rank: (result: ToolResult, position: number) => number,
): readonly ToolResult[] {
  return results
    .map((result, position) => ({ result, rank: rank(result, position) }))
    .toSorted((left, right) => left.rank - right.rank || left.result.index - right.result.index)
    .map(({ result }) => result);
}

const pathField = /"(?:path|file_?path|file|file_?name|uri|url)"\s*:\s*"((?:[^"\\]|\\.)*)"/iu;

/** What a result is about: the same tool with the same path, or else with the same input. */
function subjectOf({ calls, tool, index }: ToolResult): string {
  const call = calls().get(index);
  if (call === undefined) return `#${index}`;
  const path = pathField.exec(call)?.[1];
  return path === undefined ? call : `${tool ?? ''} ${path}`;
}
