import { openRunBook } from './facts/open-run-book.ts';
import { goneAfter, withSplice } from './next-splice.ts';
import { holdWarm } from './cache/hold-warm.ts';
import { leaveWarm } from './cache/leave-warm.ts';
import { meterSummarizers } from './cache/meter-summarizers.ts';
import { plannedSplice, plannedSummaryCost } from './cache/planned-splice.ts';
import { priceOf } from './cache/prices.ts';
import { commit } from './commit.ts';
import type { Compaction, CompactionInput } from './compaction-input.ts';
import { withCovered } from './covered-changes.ts';
import { decide } from './decide.ts';
import type { Decision } from './decide.ts';
import type { RunFacts } from './describe-result.ts';
import type { Engine } from './engine.ts';
import type { Entry } from './entry.ts';
import { askBefore } from './hooks/ask-hooks.ts';
import { keepInArchive, keepTranscript } from './keep-archive.ts';
import { createBreather, inSlices } from './in-slices.ts';
import { cleared, editEach, placerOf } from './made-items.ts';
import { measure } from './measure.ts';
import { policyFor, unreadShareOf } from './overflow/policy-for.ts';
import { irreducible, missed, nothingToDo } from './not-compacted.ts';
import { planCompaction } from './plan.ts';
import type { Plan } from './plan.ts';
import type { CompactPolicy, LadderStep } from './policy.ts';
import type { Prepared } from './prepare.ts';
import { ownSummary } from './providers/provider-summary.ts';
import { holding } from './restoring/holding.ts';
import { settleOrder } from './settle-order.ts';
import { tellDecision, tellError, tellEstimate, tellPruned } from './tell-steps.ts';
import { outcomeOf, summarize } from './summarize.ts';
import type { Summarized } from './summarize.ts';
import { renderSummary } from './summary-block.ts';
import { leaveAlone } from './thrash/leave-alone.ts';
import { rememberCompaction } from './thrash/remember-compaction.ts';
import { describeGuard, guardAgainstThrash, limitsOf } from './thrash/thrash-guard.ts';
import type { ThrashGuard } from './thrash/thrash-guard.ts';
import { triggerFacts } from './triggers/trigger-facts.ts';
import { verify } from './verify.ts';
import { budgetOf } from './window.ts';

/** One run, from the estimate to the swap: measure, decide, plan, summarise, archive, commit, verify. */
export async function runCompaction<TItem>(input: CompactionInput<TItem>): Promise<Compaction<TItem>> {
  const { prepared, facts } = input;
  const { state, window } = prepared;
  tellEstimate(input, input.startedAt);
  const decidedFrom = input.engine.now();
  const { engine } = input;
  const {
    fired: isDue,
    reason,
    rule,
    goal,
    aimTokens,
  } = input.decision ?? decisionOf(engine, prepared, facts.trigger, input.startedAt);
  if (!isDue) {
    tellDecision(input, decidedFrom, { triggered: false, reason, rule });
    return { state, finding: { outcome: 'noop_below' } };
  }
  const breathe = createBreather();
  await breathe();
  const { grouping } = prepared;
  const defect = grouping.defects[0];
  if (defect !== undefined) {
    tellDecision(input, decidedFrom, {
      triggered: false,
      reason: `malformed tool messages: ${defect}`,
      rule,
    });
    tellError(input, 'malformed_items', defect, 'skipped');
    return { state, finding: { outcome: 'invalid', advice: `Nothing was compacted: ${defect}.` } };
  }
  const guard = guardAgainstThrash({
    memory: state.thrash,
    call: state.calls,
    trigger: facts.trigger,
    tokens: prepared.measure.total,
    window,
    limits: limitsOf(engine.policy),
  });
  if (guard.isFutile) return leaveAlone(input, guard, { decidedFrom, reason, rule });
  const planOf: Planner<TItem> = (of, policy) =>
    planCompaction({
      entries: of.resumed.entries,
      groups: of.grouping.groups,
      total: of.measure.total,
      window,
      targetTokens: Math.floor(aimTokens * (facts.overflow?.aimShare ?? 1)),
      unreadShare: unreadShareOf(facts),
      policy,
      keepRules: engine.keepRules,
      weigher: of.weigher,
      hasSummarizer: engine.summarizer !== undefined && guard.mayAskModel,
      goal,
      cleared: (entry, part) => cleared(input, entry as Entry<TItem>, part),
    });
  await breathe();
  const plan = planOf(prepared, policyFor(input));
  await breathe();
  const held = isEmpty(plan) ? undefined : heldFor(input, plan, goal);
  if (held !== undefined) return leaveWarm(input, held, { decidedFrom, reason, rule });
  tellDecision(input, decidedFrom, { triggered: true, reason, rule }, plan);
  const { state: next, finding } = await carryOut(input, plan, planOf, guard);
  return { state: next, finding: rule === undefined ? finding : { ...finding, rule } };
}

type Planner<TItem> = (prepared: Prepared<TItem>, policy: CompactPolicy) => Plan;

/** As planned, unless the application objects; with what it pins, by another plan. */
async function carryOut<TItem>(
  input: CompactionInput<TItem>,
  plan: Plan,
  planOf: Planner<TItem>,
  guard: ThrashGuard,
): Promise<Compaction<TItem>> {
  if (isEmpty(plan)) return nothingToDo(input, plan);
  const { veto, pinned } = await askBefore(input, plan);
  if (veto !== undefined) {
    const advice = `The application's hook objected: ${veto}`;
    return { state: input.prepared.state, finding: { outcome: 'noop_nothing', advice } };
  }
  const now = pinned === undefined ? input : { ...input, prepared: pinned };
  const planned = pinned === undefined ? plan : planOf(pinned, policyFor(input));
  if (isEmpty(planned)) return nothingToDo(now, planned);
  const { engine, answers } = meterSummarizers(guarded(now.engine, guard));
  const done = await execute({ ...now, engine }, planned);
  const { state, finding } = await withoutSummary(now, planOf, done);
  const thrash = guard.thrash === undefined ? {} : { thrash: describeGuard(guard) };
  return {
    state: rememberCompaction(state, now, planned, guard, finding),
    finding: { ...finding, ...thrash, answers },
  };
}

/** Where what came out is no better than what is there, which does not fit: down the ladder, without a summary. */
async function withoutSummary<TItem>(
  input: CompactionInput<TItem>,
  planOf: Planner<TItem>,
  done: Compaction<TItem>,
): Promise<Compaction<TItem>> {
  const { prepared } = input;
  if (done.finding.changed !== undefined || prepared.measure.total <= budgetOf(prepared.window)) return done;
  const policy = policyFor(input);
  const bare = planOf(prepared, {
    ...policy,
    ladder: policy.ladder.filter((step) => !summarySteps.has(step)),
  });
  const { state, finding } = isEmpty(bare) ? done : await execute(input, bare);
  const isSmaller = finding.changed !== undefined;
  return { state, finding: isSmaller ? finding : { ...finding, ...irreducible(input, bare) } };
}

/** What is written instead of what leaves: without these, it just leaves. */
const summarySteps: ReadonlySet<LadderStep> = new Set(['summarize', 'digest']);

function isEmpty({ covered, changes }: Plan): boolean {
  return covered.length === 0 && changes.size === 0;
}

/** Without a model where it was asked too often. */
function guarded<TItem>(engine: Engine<TItem>, { mayAskModel }: ThrashGuard): Engine<TItem> {
  return mayAskModel ? engine : { ...engine, summarizer: undefined };
}

/** Why the plan is not worth a warm cache, where it is not. */
function heldFor<TItem>(
  { engine, prepared, facts }: CompactionInput<TItem>,
  plan: Plan,
  goal: Decision['goal'],
): string | undefined {
  return holdWarm({
    view: prepared.cache,
    trigger: facts.trigger,
    goal,
    window: prepared.window,
    policy: engine.policy,
    spliced: plannedSplice(prepared, plan),
    price: priceOf(engine.prices, prepared.caching.model),
    summaryCost: plannedSummaryCost(engine, prepared.resumed, plan),
  });
}

/** Whether a compaction is due. */
export function decisionOf<TItem>(
  { triggers, policy }: Engine<TItem>,
  prepared: Prepared<TItem>,
  trigger: RunFacts['trigger'],
  now: number,
): Decision {
  const decision = decide(triggerFacts(prepared, now), trigger, triggers, policy.cooldownCalls);
  return trigger === 'threshold' ? holding(decision, prepared) : decision;
}

async function execute<TItem>(input: CompactionInput<TItem>, plan: Plan): Promise<Compaction<TItem>> {
  const { engine, prepared, facts, observer, signal } = input;
  const { resumed, grouping, weigher, fixed, state, window } = prepared;
  const before = resumed.entries;
  const sequence = state.sequence + 1;
  const breathe = createBreather();
  await breathe();
  const leaving = plan.covered.flatMap((index) => before[index] ?? []);
  const book = await openRunBook(input, plan);
  const summarized: Summarized | undefined =
    leaving.length === 0
      ? undefined
      : await summarize({
          engine,
          weigher,
          observer,
          signal,
          note: input.note,
          sessionId: facts.sessionId,
          entries: leaving,
          previous: ownSummary(resumed.summary),
          maxTokens: plan.summaryTokens,
          book,
        });
  await breathe();
  const changes = settleOrder({
    entries: before,
    groups: grouping.groups,
    changes: withCovered(plan, summarized, before),
    hasSummary: summarized?.summary !== undefined,
    weigher,
    dialect: engine.dialect,
  });
  const archiveRefs = await keepTranscript({ engine, observer, signal, facts, sequence, before, changes });
  const summary = summarized?.summary;
  const edited = await inSlices(editEach(input, before, changes));
  const committed = commit({
    entries: before,
    groups: grouping.groups,
    changes,
    summary: summary === undefined ? undefined : placerOf(input, renderSummary(summary)),
    sequence,
    archiveRefs,
    edited: edited ?? new Map(),
  });
  await breathe();
  const tokensAfter = measure(committed.entries, fixed).total;
  const base = {
    attempts: summarized?.attempts ?? 0,
    steps: [...plan.steps, ...(summarized?.steps ?? [])],
  };
  await breathe();
  const defect = verify({
    before,
    after: committed.entries,
    groups: grouping.groups,
    tokensBefore: prepared.measure.total,
    tokensAfter,
    validate: (items, given, viewOf) => engine.dialect.validate?.(items, given, viewOf) ?? [],
  });
  if (defect !== undefined) {
    tellError(input, defect.outcome, defect.message, 'not-compacted');
    const left = missed(input, plan, before);
    return { state, finding: { ...base, ...left, outcome: defect.outcome, advice: defect.message } };
  }
  const isOver = tokensAfter > budgetOf(window);
  // Over the window, the original is returned; but what was refused already is worth less than what is smaller.
  if (tokensAfter > window.limitTokens && facts.trigger !== 'overflow') {
    return { state, finding: { ...base, ...irreducible(input, plan) } };
  }
  if (summary !== undefined) {
    await keepInArchive({
      engine,
      observer,
      signal,
      entry: {
        sessionId: facts.sessionId,
        runId: facts.id,
        sequence,
        step: 'summary',
        items: [summary],
      },
    });
  }
  await breathe();
  tellPruned(input, plan, changes);
  await breathe();
  const inForce = summary ?? resumed.summary;
  const gone = goneAfter(prepared, committed);
  await breathe();
  const settled = book?.settle(inForce, summary !== undefined);
  await breathe();
  return {
    state: {
      ...withSplice(prepared, committed, gone, changes, inForce, settled?.carried ?? [], engine.inspector),
      lastCompactedCall: state.calls,
    },
    finding: {
      ...base,
      ...(isOver
        ? irreducible(input, plan, committed.entries)
        : { ...missed(input, plan, committed.entries), outcome: outcomeOf(summarized) }),
      changed: {
        ...committed,
        gone,
        summary: inForce,
        sequence,
        retention: settled?.retention,
      },
    },
  };
}
