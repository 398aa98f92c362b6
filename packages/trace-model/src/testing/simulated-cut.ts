import type { LedgerRow } from '@clew/semconv';
import type { SimulatedItem } from './simulated-item.ts';

/** What a simulated compaction keeps: items from `keepFrom` on stay, and some large results among them shrink. */
export type CutPlan = {
  readonly keepFrom: number;
  readonly sequence: number;
  /** Whether a summary covers what leaves; otherwise it is dropped. */
  readonly isSummarized: boolean;
  readonly archiveRef?: string;
};

const clearAbove = 6_000;
const trimAbove = 4_200;

/** The fate of every item. A call and its result always leave together. */
export function applyPlan(items: readonly SimulatedItem[], plan: CutPlan): readonly LedgerRow[] {
  return items.map((item, at) => {
    if (item.category === 'protected')
      return {
        ...item,
        fate: 'protected',
        tokens_after: item.tokens,
        sequence: plan.sequence,
        reason: 'flagged as protected',
      };
    if (at < plan.keepFrom) return leave(item, plan);
    if (item.category !== 'tool_results' || item.tokens <= trimAbove || at > items.length - 8)
      return keep(item);
    return item.tokens > clearAbove
      ? {
          ...item,
          fate: 'cleared',
          tokens_after: 18,
          sequence: plan.sequence,
          reason: 'old tool result over 6,000 tokens',
        }
      : {
          ...item,
          fate: 'trimmed',
          tokens_after: 1_200,
          sequence: plan.sequence,
          reason: 'tool result over 4,200 tokens',
        };
  });
}

/** Rows of a run that changed nothing. */
export function keep(item: SimulatedItem): LedgerRow {
  return { ...item, fate: 'kept', tokens_after: item.tokens, sequence: 0 };
}

/** The position from which the newest items hold at most `tokens`; it never splits a call from its result. */
export function keepFromFor(items: readonly SimulatedItem[], tokens: number): number {
  let held = 0;
  let at = items.length;
  while (at > 0) {
    held += items[at - 1]?.tokens ?? 0;
    if (held > tokens) break;
    at -= 1;
  }
  while (at < items.length && items[at]?.kind === 'result') at += 1;
  return at;
}

/** What the next run meets: what stayed, at its new size. */
export function remaining(rows: readonly LedgerRow[]): readonly SimulatedItem[] {
  return rows.filter((row) => row.fate !== 'summarized' && row.fate !== 'dropped').map(asItem);
}

function asItem({
  fate: _fate,
  reason: _reason,
  archive_ref: _ref,
  sequence: _sequence,
  ...row
}: LedgerRow): SimulatedItem {
  const { tokens_after, ...item } = row;
  // Ids are made of the content, so that a shortened item comes back under another one.
  return { ...item, tokens: tokens_after, ...(tokens_after !== row.tokens && { id: `${row.id}-short` }) };
}

function leave(item: SimulatedItem, plan: CutPlan): LedgerRow {
  const isPassingError = !plan.isSummarized && item.category === 'reasoning';
  const fate = plan.isSummarized && !isPassingError ? 'summarized' : 'dropped';
  const reason =
    fate === 'summarized' ? 'older than the recent turns' : 'over the budget, and no summary was made';
  return {
    ...item,
    fate,
    tokens_after: 0,
    sequence: plan.sequence,
    reason,
    ...(plan.archiveRef !== undefined && { archive_ref: plan.archiveRef }),
  };
}
