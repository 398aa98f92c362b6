import type { Basis, CategoryTokens, Outcome, RunRecord, Trigger } from '@clew/semconv';
import { known } from './known.ts';
import type { Run, RunState } from './run.ts';
import type { Usage } from './usage.ts';

/** The size of a prompt and of its parts, in tokens. */
export type Measure = { readonly tokens: number; readonly categories: CategoryTokens };

/** In tokens, as far as known: a run that has only begun knows its limit and nothing more. */
export type Window = {
  readonly limit: number;
  readonly reserve?: number;
  readonly trigger?: number;
  readonly target?: number;
};

/** What the provider's prompt cache held of a prompt, and what of it a run has to have read anew. */
export type CallCache = NonNullable<RunRecord['cache']>;
/** The input of a call by the user's prices. */
export type CallCost = NonNullable<RunRecord['cost']>;
/** Signs that compacting does not help any more, and where the breaker stands. */
export type CallThrash = NonNullable<RunRecord['thrash']>;

/** One model call, as the engine met it just before: one run. */
export type Call = {
  /** The run's id. */
  readonly id: string;
  /** Its place among the session's calls, from 1, in time order. */
  readonly position: number;
  /** The number that the engine gave it. */
  readonly index: number;
  readonly state: RunState;
  readonly start?: number;
  readonly end?: number;
  readonly model?: string;
  readonly agent?: string;
  readonly trigger?: Trigger;
  readonly phase?: string;
  readonly outcome?: Outcome;
  /** Why the engine did what it did, and what to do about it, in its own words. */
  readonly reason?: string;
  readonly advice?: string;
  readonly cache?: CallCache;
  readonly cost?: CallCost;
  readonly thrash?: CallThrash;
  /** How the sizes were obtained. */
  readonly basis?: Basis;
  readonly before?: Measure;
  /** What was sent; equal to `before` where nothing changed, absent while it is not known. */
  readonly after?: Measure;
  readonly window?: Window;
  /** What the provider reported for it. */
  readonly usage?: Usage;
};

export function assembleCall(run: Run, position: number, usage: Usage | undefined): Call {
  const { record, estimate, decision } = run;
  return {
    id: run.id,
    position,
    index: run.callIndex,
    state: run.state,
    ...known({
      start: run.start,
      end: run.end,
      model: record?.model ?? estimate?.model ?? usage?.model,
      agent: record?.agent,
      trigger: record?.trigger ?? decision?.trigger,
      phase: record?.phase,
      outcome: record?.outcome,
      reason: decision?.reason,
      advice: record?.advice,
      cache: record?.cache,
      cost: record?.cost,
      thrash: record?.thrash,
      basis: record?.tokens.basis ?? estimate?.basis,
      before: measureBefore(run),
      after: record && { tokens: record.tokens.after, categories: record.after },
      window: windowOf(run),
      usage,
    }),
  };
}

/** The tokens that the model was sent, or would have been where the run has not ended. */
export function sentTokens(call: Call): number | undefined {
  return call.after?.tokens ?? call.before?.tokens;
}

function measureBefore({ record, estimate, decision }: Run): Measure | undefined {
  if (record) return { tokens: record.tokens.before, categories: record.before };
  if (estimate) return { tokens: estimate.t_est, categories: estimate.categories };
  return decision && { tokens: decision.t_est, categories: {} };
}

function windowOf({ record, estimate, decision }: Run): Window | undefined {
  return record?.window ?? decision?.window ?? (estimate && { limit: estimate.max_tokens });
}
