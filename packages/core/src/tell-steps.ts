import type { Changes } from './change.ts';
import type { RunFacts } from './describe-result.ts';
import type { Engine } from './engine.ts';
import { shortId } from './entry.ts';
import { breakdownOf } from './measure.ts';
import type { RunObserver } from './observer.ts';
import type { Plan } from './plan.ts';
import type { Prepared } from './prepare.ts';
import type { StepBody } from './step.ts';

/** What the steps of a run tell of it. */
export type Telling = {
  readonly engine: Pick<Engine<never>, 'policy' | 'now'>;
  readonly prepared: Prepared<unknown>;
  readonly facts: RunFacts;
  readonly model: string;
  readonly observer: RunObserver;
};

/** @param startedAt when the run began: reading and counting the items is part of the estimate */
export function tellEstimate(telling: Telling, startedAt: number): void {
  const { prepared, model } = telling;
  const { total, breakdown, categories } = prepared.measure;
  const { limitTokens } = prepared.window;
  const usageRatio = total / limitTokens;
  const { basis } = prepared;
  tell(
    telling,
    { name: 'token_estimate', model, tokens: total, limitTokens, usageRatio, basis, breakdown, categories },
    startedAt,
  );
}

type Told = { readonly triggered: boolean; readonly reason: string; readonly rule?: string | undefined };

/** @param plan what is going to be done, where it fired */
export function tellDecision(
  telling: Telling,
  startedAt: number,
  { triggered, reason, rule }: Told,
  plan?: Plan,
): void {
  const { prepared, facts, engine } = telling;
  const planned =
    plan === undefined
      ? {}
      : { kept: plan.kept, prunedCount: new Set([...plan.covered, ...plan.changes.keys()]).size };
  tell(
    telling,
    {
      name: 'trigger_decision',
      triggered,
      trigger: facts.trigger,
      ...(rule === undefined ? {} : { rule }),
      reason,
      tokens: prepared.measure.total,
      window: prepared.window,
      policy: engine.policy,
      ...planned,
    },
    startedAt,
  );
}

/** Items whose content has left, in whole or in part. */
export function tellPruned(telling: Telling, plan: Plan, changes: Changes): void {
  const before = telling.prepared.resumed.entries;
  const entries = [...changes.keys()].flatMap((index) => before[index] ?? []);
  const freed = [...changes].reduce((sum, [index, change]) => {
    const left = 'tokens' in change ? change.tokens : 0;
    return sum + (before[index]?.tokens ?? 0) - left;
  }, 0);
  const layers = breakdownOf(entries, { instructions: 0, tools: 0 });
  tell(telling, {
    name: 'pruned_messages',
    count: entries.length,
    tokens: freed,
    kept: plan.kept,
    ids: entries.map(({ id }) => shortId(id)),
    // What leaves is never the input of now.
    breakdown: { ...layers, messages: layers.messages + layers.userInput, userInput: 0 },
  });
}

export function tellError(telling: Telling, errorType: string, message: string, fallback: string): void {
  tell(telling, { name: 'error', errorType, message, fallback });
}

function tell({ engine, observer }: Telling, step: StepBody, startedAt = engine.now()): void {
  observer.tell({ ...step, startedAt, endedAt: engine.now() });
}
