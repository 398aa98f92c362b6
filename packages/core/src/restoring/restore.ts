import { describeResult } from '../describe-result.ts';
import type { Finding, RunFacts } from '../describe-result.ts';
import type { Engine } from '../engine.ts';
import type { Entry } from '../entry.ts';
import { observe } from '../observe.ts';
import type { CompactObserver, RunStart } from '../observer.ts';
import { entryReader } from '../prepare.ts';
import type { Prepared } from '../prepare.ts';
import type { SessionState } from '../session-state.ts';
import { tellDecision, tellError, tellEstimate } from '../tell-steps.ts';
import { findOriginals } from './originals.ts';
import type { Originals } from './originals.ts';
import { objectionTo, putBack, rowsBefore } from './put-back.ts';
import type { PutBack, Target } from './put-back.ts';
import type { Refusal, Restoration } from './restoration.ts';
import { groupAround, targetWith } from './target-of-reinflation.ts';
import { planUndo } from './target-of-undo.ts';
import { compactionOf, isOutside } from './wishes.ts';

export type RestoreInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly observer: CompactObserver | undefined;
  readonly prepared: Prepared<TItem>;
  readonly start: Pick<RunStart, 'sessionId' | 'dialect' | 'model' | 'provider' | 'agent'>;
  readonly signal: AbortSignal | undefined;
};

type Found<TItem> = { readonly back?: PutBack<TItem>; readonly restoration: Restoration };

/**
 * Carries out what was asked for since the last call: the undo first, then what is wanted back. A run of its own,
 * with a number of its own: it is a splice as a compaction is one.
 *
 * @returns the session after it; `undefined` where the caller gave up
 */
export async function restore<TItem>(
  input: RestoreInput<TItem>,
): Promise<{ readonly state: SessionState; readonly restoration: Restoration } | undefined> {
  const { engine, prepared, start, signal = new AbortController().signal } = input;
  const { undo, ids = [] } = prepared.state.restoring ?? {};
  const phase = undo === undefined ? 'reinflate' : 'undo';
  const facts: RunFacts = { id: engine.newId(), sessionId: start.sessionId, trigger: 'manual', phase };
  const startedAt = engine.now();
  const run = { ...start, ...facts, callIndex: prepared.state.calls, startedAt };
  const observer = observe(input.observer, run);
  const telling = { engine, prepared, facts, model: start.model, observer };
  const end = (finding: Finding<TItem>) =>
    observer.end(describeResult(facts, prepared, finding), engine.now());
  tellEstimate(telling, startedAt);
  const decidedFrom = engine.now();
  let found: Found<TItem>;
  try {
    found = await (undo === undefined ? findReinflation(input, ids, signal) : findUndo(input, undo, signal));
  } catch (error) {
    if (signal.aborted) {
      end({ outcome: 'aborted', advice: 'The caller gave up; it is asked for again at the next call.' });
      return undefined;
    }
    const message = error instanceof Error ? error.message : String(error);
    const asked = undo === undefined ? ids : [`compaction ${undo}`];
    const refused = asked.map((id) => ({ id, reason: 'invalid', message }) as const);
    found = { restoration: { restored: [], refused } };
  }
  const { back, restoration } = found;
  const what = undo === undefined ? `reinflate ${ids.length} items` : `undo of compaction ${undo}`;
  tellDecision(telling, decidedFrom, { triggered: back !== undefined, reason: what });
  for (const { id, reason, message } of restoration.refused) {
    tellError(telling, `restore_${reason}`, `${id}: ${message}`, 'not-restored');
  }
  const [refusal] = restoration.refused;
  const advice =
    refusal === undefined ? {} : { advice: `Not put back (${refusal.reason}): ${refusal.message}` };
  const finding: Finding<TItem> =
    back === undefined
      ? { outcome: 'noop_nothing', restoration, ...advice }
      : { outcome: 'restored', restoration, ...advice, changed: back.changed };
  end(finding);
  const { restoring: _done, ...state } = back?.state ?? prepared.state;
  return {
    state: undo === undefined || ids.length === 0 ? state : { ...state, restoring: { ids } },
    restoration,
  };
}

async function findUndo<TItem>(
  { engine, prepared, start }: RestoreInput<TItem>,
  undo: number,
  signal: AbortSignal,
): Promise<Found<TItem>> {
  const { state } = prepared;
  const id = `compaction ${undo}`;
  const current = prepared.resumed.splice === state.splices[0] ? prepared.resumed.splice : undefined;
  const undone = compactionOf(state, undo);
  if (current === undefined || undone === undefined) return { restoration: otherBranch([id]) };
  const toEntry = entryReader(engine, state);
  const plan = planUndo(state, prepared, undone, ({ item, ...origin }) => toEntry(item, origin));
  const originals = await findOriginals(engine, start.sessionId, prepared, plan.rows, signal);
  const [missing] = originals.missing;
  if (missing !== undefined) {
    const message = `Item ${missing[0]} cannot be had. ${missing[1]}`;
    return { restoration: { restored: [], refused: [{ id, reason: 'not_archived', message }] } };
  }
  const target = plan.target(entriesOf(originals, toEntry));
  const objection = objectionTo(engine, prepared, target.region);
  if (objection !== undefined) return { restoration: { restored: [], refused: [{ id, ...objection }] } };
  return {
    back: putBack(prepared, current, target),
    restoration: { restored: plan.rows.map((row) => row.id), refused: [] },
  };
}

async function findReinflation<TItem>(
  { engine, prepared, start }: RestoreInput<TItem>,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Found<TItem>> {
  const { state, resumed } = prepared;
  const current = resumed.splice;
  const region = resumed.entries.slice(0, resumed.spliced);
  const rows = rowsBefore(resumed.gone, region).filter(isOutside);
  const wanted = rows.filter(({ id }) => ids.includes(id));
  if (current === undefined) return { restoration: otherBranch(ids) };
  // What leaves together has one number: the group of each is among these.
  const runs = new Set(wanted.map(({ sequence }) => sequence));
  const siblings = rows.filter(({ sequence }) => runs.has(sequence));
  const found = await findOriginals(engine, start.sessionId, prepared, siblings, signal);
  const originals = entriesOf(found, entryReader(engine, state));
  const restored = new Map<number, string>();
  const refused: Refusal[] = [];
  let target: Target<TItem> | undefined;
  for (const { id, index = -1 } of wanted) {
    if (restored.has(index)) continue;
    const missing = found.missing.get(index);
    if (missing !== undefined) {
      refused.push({ id, reason: 'not_archived', message: missing });
      continue;
    }
    const members = groupAround(resumed, originals, index);
    const all = siblings.filter(
      (row) => row.index !== undefined && (members.has(row.index) || restored.has(row.index)),
    );
    const back = new Set(all.map((row) => row.index));
    const next = targetWith(
      resumed,
      current,
      originals.filter(({ ordinal }) => back.has(ordinal)),
    );
    const objection = objectionTo(engine, prepared, next.region);
    if (objection !== undefined) {
      refused.push({ id, ...objection });
      continue;
    }
    target = next;
    for (const row of all) if (row.index !== undefined) restored.set(row.index, row.id);
  }
  return {
    ...(target === undefined ? {} : { back: putBack(prepared, current, target) }),
    restoration: { restored: [...restored.values()], refused },
  };
}

function entriesOf<TItem>(
  { items }: Originals<TItem>,
  toEntry: (item: unknown, origin: { readonly ordinal: number }) => Entry<TItem>,
): readonly Entry<TItem>[] {
  return [...items].map(([ordinal, item]) => toEntry(item, { ordinal }));
}

function otherBranch(ids: readonly string[]): Restoration {
  const message =
    'The history that was given is not the one that was compacted last: it was edited, or is another branch.';
  return { restored: [], refused: ids.map((id) => ({ id, reason: 'other_branch', message })) };
}
