import type { Call, CallCost } from './call.ts';
import type { Cut } from './cut.ts';
import { known } from './known.ts';
import type { Session } from './session.ts';

/** What one compaction cost and what it has brought so far. Money is in `currency`; what is not known is absent. */
export type CutCost = {
  readonly cut: Cut;
  readonly currency?: string;
  /** The input of its call: what it would have been, and as it was sent. */
  readonly before?: number;
  readonly after?: number;
  readonly savedPerCall?: number;
  /** The summariser's calls. */
  readonly summary?: number;
  /** Tokens that had to be read anew because of it. */
  readonly rewrittenTokens?: number;
  /** It has paid for itself after so many further calls. */
  readonly breakEvenCalls?: number;
  /** Model calls that went on from it: to the next compaction, or until now. */
  readonly callsSince: number;
  /** Whether those calls are as many as it takes; absent where it is not known how many it takes. */
  readonly isPaidBack?: boolean;
  /** What it has saved so far less what it cost; below 0 while it has not paid for itself. */
  readonly net?: number;
};

/** The compactions of a session with what is known of their cost. */
export type SessionCost = {
  readonly cuts: readonly CutCost[];
  /** Whether any price was known. Without prices there are tokens only. */
  readonly isPriced: boolean;
};

/** Restorations are no compactions: they cost and save nothing that they could be held to. */
export function costOf({ calls, cuts }: Session): SessionCost {
  const compactions = cuts.filter((cut) => cut.kind === 'changed' && cut.outcome !== 'restored');
  return {
    cuts: compactions.map((cut) => costOfCut(cut, callsSince(cut, calls, cuts))),
    isPriced: calls.some((call) => call.cost !== undefined),
  };
}

function costOfCut(cut: Cut, since: number): CutCost {
  const { cache, cost } = cut.call;
  const breakEvenCalls = cache?.break_even_calls;
  return {
    cut,
    callsSince: since,
    ...known({
      currency: cost?.currency,
      before: cost?.before,
      after: cost?.after,
      savedPerCall: cost?.saved_per_call,
      summary: cost?.summary,
      rewrittenTokens: cache?.rewritten_tokens,
      breakEvenCalls,
      isPaidBack: breakEvenCalls === undefined ? undefined : since >= breakEvenCalls,
      net: netOf(cut, cost, since),
    }),
  };
}

/** Not known where any part of it is not: a summary that a model wrote is never taken for free. */
function netOf(cut: Cut, cost: CallCost | undefined, since: number): number | undefined {
  if (cost?.before === undefined || cost.after === undefined || cost.saved_per_call === undefined)
    return undefined;
  const hasModelSummary = cut.summary?.isNew === true && cut.summary.method === 'model';
  if (hasModelSummary && cost.summary === undefined) return undefined;
  return cost.before - cost.after - (cost.summary ?? 0) + cost.saved_per_call * since;
}

/** The saving of a cut is told against the prompt of its time; from the next change on, the next one is told. */
function callsSince(cut: Cut, calls: readonly Call[], cuts: readonly Cut[]): number {
  const from = cut.call.position;
  const next = cuts.find((later) => later.kind === 'changed' && later.call.position > from);
  const to = next?.call.position ?? calls.length + 1;
  return calls.slice(from, to - 1).filter((call) => call.phase === 'preflight').length;
}
