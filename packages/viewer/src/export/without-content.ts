import type { Cut, LedgerRow, Run } from '@clew/trace-model';
import type { Reveal } from '../use-reveal.ts';

type IsRevealed = Reveal['isRevealed'];
type RunRecord = NonNullable<Run['record']>;
type Summary = NonNullable<RunRecord['summary']>;

/** A run's own record as it may leave the page: of its content only what was revealed. */
export function recordToExport(record: RunRecord, isRevealed: IsRevealed): RunRecord {
  const { summary, ledger, retention, ...rest } = record;
  return {
    ...rest,
    ...(summary !== undefined && { summary: summaryToExport(record.id, summary, isRevealed) }),
    ...(ledger !== undefined && { ledger: ledger.map((row) => rowToExport(record.id, row, isRevealed)) }),
    ...(retention !== undefined && { retention: retentionToExport(record.id, retention, isRevealed) }),
  };
}

export function summaryToExport(runId: string, summary: Summary, isRevealed: IsRevealed): Summary {
  const { text, ...rest } = summary;
  return text !== undefined && isRevealed(`${runId}/summary`) ? { ...rest, text } : rest;
}

function rowToExport(runId: string, row: LedgerRow, isRevealed: IsRevealed): LedgerRow {
  const { preview, ...rest } = row;
  const isShown = isRevealed(`${runId}/previews`) || isRevealed(`${runId}/preview/${row.id}`);
  return preview !== undefined && isShown ? { ...rest, preview } : rest;
}

function retentionToExport(
  runId: string,
  retention: NonNullable<RunRecord['retention']>,
  isRevealed: IsRevealed,
): NonNullable<RunRecord['retention']> {
  const { evicted_facts: facts, ...rest } = retention;
  return facts !== undefined && isRevealed(`${runId}/evicted`) ? { ...rest, evicted_facts: facts } : rest;
}

/** The text of a cut's summary, where it may leave the page. */
export function revealedSummary(cut: Cut, isRevealed: IsRevealed): string | undefined {
  return isRevealed(`${cut.id}/summary`) ? cut.summary?.text : undefined;
}
