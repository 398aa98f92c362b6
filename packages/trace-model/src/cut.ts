import type {
  ArchivalRecord,
  Basis,
  ErrorRecord,
  LedgerRow,
  Outcome,
  RetentionRecord,
  SummaryRecord,
  Trigger,
} from '@clew/semconv';
import type { Call } from './call.ts';
import { fatesOf, type FateSum } from './fate-sums.ts';
import { known } from './known.ts';
import type { Run } from './run.ts';

/**
 * What kind of cut: the context `changed`; an attempt `failed` and the context stayed as it was; it is
 * `running`; it was `interrupted` half-way, so that what became of the context is not known.
 */
export type CutKind = 'changed' | 'failed' | 'running' | 'interrupted';

/** The summary in the context after a cut. */
export type CutSummary = SummaryRecord & {
  /** Whether this run made it; an earlier one may still stand. */
  readonly isNew: boolean;
  readonly strategy?: string;
  readonly method?: 'model' | 'digest';
  /** Items of this run that it covers, where this run made it. */
  readonly covers?: number;
};

/** A compaction: a run that changed the context, or tried to. Tokens throughout. */
export type Cut = {
  /** The run's id. */
  readonly id: string;
  /** The session's nth compaction; absent for an attempt that changed nothing. */
  readonly number?: number;
  readonly kind: CutKind;
  readonly call: Call;
  readonly outcome?: Outcome;
  readonly trigger?: Trigger;
  readonly strategy?: string;
  /** Why it was made, and how it ended, in the engine's words. */
  readonly reason?: string;
  readonly advice?: string;
  readonly steps: readonly string[];
  readonly basis?: Basis;
  readonly before?: number;
  readonly after?: number;
  /** `before - after`; below 0 where it grew. */
  readonly saved?: number;
  readonly start?: number;
  readonly end?: number;
  /** What became of what the run met, by fate. */
  readonly fates?: readonly FateSum[];
  readonly ledger?: readonly LedgerRow[];
  readonly ledgerRef?: string;
  readonly summary?: CutSummary;
  /** What it kept of the facts that were in what it took away, where that was measured. */
  readonly retention?: RetentionRecord;
  readonly errors: readonly ErrorRecord[];
  readonly archivals: readonly ArchivalRecord[];
  /** Everything that was recorded, for what has no field of its own here. */
  readonly run: Run;
};

const changing = new Set<Outcome>(['compacted', 'pruned_only', 'fallback', 'restored']);
/** Outcomes of a look that found nothing to do: calls, not cuts. */
const quiet = new Set<Outcome>(['noop_below', 'noop_nothing', 'futile']);

/** What kind of cut a run is, or `undefined` where it is none. */
export function cutKind(run: Run): CutKind | undefined {
  if (run.record) {
    if (changing.has(run.record.outcome) || run.record.tokens.before !== run.record.tokens.after)
      return 'changed';
    return quiet.has(run.record.outcome) ? undefined : 'failed';
  }
  const acted =
    run.decision?.triggered === true || run.errors.length + run.summaries.length + run.pruned.length > 0;
  if (!acted) return undefined;
  return run.state === 'running' ? 'running' : 'interrupted';
}

export function assembleCut(run: Run, kind: CutKind, call: Call, number: number | undefined): Cut {
  const { record } = run;
  const before = call.before?.tokens;
  const after = record?.tokens.after;
  return {
    id: run.id,
    kind,
    call,
    steps: record?.steps ?? [],
    errors: run.errors,
    archivals: run.archivals,
    run,
    ...known({
      number,
      outcome: call.outcome,
      trigger: call.trigger,
      strategy: run.summaries.at(-1)?.strategy ?? run.decision?.policy.strategy,
      reason: call.reason,
      advice: call.advice,
      basis: call.basis,
      before,
      after,
      saved: before !== undefined && after !== undefined ? before - after : undefined,
      start: run.start,
      end: run.end,
      fates: record && fatesOf(record),
      ledger: record?.ledger,
      ledgerRef: record?.ledger_ref,
      summary: summaryOf(run),
      retention: record?.retention,
    }),
  };
}

/** The run's own account names the summary that stands; its text may have come with the step that made it. */
function summaryOf(run: Run): CutSummary | undefined {
  const standing = run.record?.summary ?? run.summaries.at(-1)?.summary;
  if (standing === undefined) return undefined;
  const made = run.summaries.findLast((step) => step.summary.id === standing.id);
  const source = standing.text === undefined && made?.summary.text !== undefined ? made.summary : standing;
  return {
    ...standing,
    state: source.state,
    isNew: made !== undefined,
    ...known({
      text: source.text,
      strategy: made?.strategy,
      method: made?.method,
      covers: made && (run.record?.count.summarized ?? made.input_messages),
    }),
  };
}
