import { contextAt, sentTokens, type ContextAt, type Session } from '@clew/trace-model';
import { formatRatio } from '../format/ratio.ts';
import { formatTokens } from '../format/tokens.ts';
import type { HealthRule } from './finding.ts';

/** A prompt that is less than this share of its trigger is no trouble, whatever is in it. */
const worthALook = 0.5;

/** Most of the latest prompt is what tools answered. The threshold is a share of the prompt. */
export const toolOutput: HealthRule = {
  id: 'tool_output',
  threshold: 0.6,
  find(session, threshold) {
    const call = session.calls.at(-1);
    const sent = call && sentTokens(call);
    const results = (call?.after ?? call?.before)?.categories.tool_results;
    if (call === undefined || !sent || results === undefined || results / sent < threshold) return undefined;
    if (sent < (call.window?.trigger ?? 0) * worthALook) return undefined;
    return {
      rule: 'tool_output',
      weight: 'warn',
      says: `Tool results are ${formatRatio(results / sent)} of the latest prompt${largest(session)}.`,
      action:
        'Clear or trim old tool results sooner: lower keep_tool_io_pairs, or limit what the tool returns.',
      runId: call.id,
    };
  },
};

function largest(session: Session): string {
  const row = biggestResult(contextAt(session, session.calls.length));
  if (row === undefined) return '';
  return `; the largest is ${formatTokens(row.tokens)} tokens${row.tool === undefined ? '' : ` from ${row.tool}`}`;
}

function biggestResult(context: ContextAt | undefined): { tokens: number; tool?: string } | undefined {
  const results = (context?.items ?? []).filter(({ row }) => row.category === 'tool_results');
  const biggest = results.toSorted((a, b) => b.tokens - a.tokens)[0];
  if (biggest === undefined) return undefined;
  const { tokens, row } = biggest;
  return row.tool === undefined ? { tokens } : { tokens, tool: row.tool };
}
