import type { Run, Session } from '@clew/trace-model';
import type { Reveal } from '../use-reveal.ts';
import { recordToExport, summaryToExport } from './without-content.ts';

/**
 * The records of a session, one JSON document a line, in the order of its runs: `{ name, start, end, record }`. Hidden content is
 * not in it, nor are spans of others than the engine, which may hold any.
 */
export function sessionJsonl(session: Session, isRevealed: Reveal['isRevealed']): string {
  return session.runs
    .flatMap((run) => linesOf(run, isRevealed))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

function linesOf(run: Run, isRevealed: Reveal['isRevealed']): readonly object[] {
  const { estimate, decision, record, start, end } = run;
  return [
    ...(estimate === undefined ? [] : [{ name: 'compact.token_estimate', record: estimate }]),
    ...(decision === undefined ? [] : [{ name: 'compact.trigger_decision', record: decision }]),
    ...run.archivals.map((step) => ({ name: 'compact.archival', record: step })),
    ...run.summaries.map((step) => ({
      name: 'compact.summary_created',
      record: { ...step, summary: summaryToExport(run.id, step.summary, isRevealed) },
    })),
    ...run.pruned.map((step) => ({ name: 'compact.pruned_messages', record: step })),
    ...run.errors.map((step) => ({ name: 'compact.error', record: step })),
    ...(record === undefined
      ? []
      : [{ name: 'compact.run', start, end, record: recordToExport(record, isRevealed) }]),
  ];
}
