import type { Engine } from '../engine.ts';
import { shortId } from '../entry.ts';
import type { RunObserver } from '../observer.ts';
import type { Plan } from '../plan.ts';
import type { Prepared } from '../prepare.ts';
import { withState } from '../prepare.ts';
import { wishPin } from '../restoring/pins.ts';
import type { CompactResult } from '../result.ts';
import type { RunFacts } from '../describe-result.ts';
import { withinTime } from '../until-aborted.ts';
import { budgetOf } from '../window.ts';
import type { BeforeCompaction, LeavingItem } from './compaction-hooks.ts';

const beforeMillis = 10_000;
const afterMillis = 1000;

export type AskInput<TItem> = {
  readonly engine: Engine<TItem>;
  readonly prepared: Prepared<TItem>;
  readonly facts: RunFacts;
  readonly note: string | undefined;
  readonly observer: RunObserver;
  readonly signal: AbortSignal | undefined;
};

export type Asked<TItem> = {
  /** Why nothing shall be compacted now. */
  readonly veto?: string;
  /** The session with what was pinned, where something was. */
  readonly pinned?: Prepared<TItem>;
};

/** Asks the application before something leaves. A veto is not heard where the prompt would not fit. */
export async function askBefore<TItem>(input: AskInput<TItem>, plan: Plan): Promise<Asked<TItem>> {
  const { engine, prepared, facts } = input;
  const ask = engine.hooks?.beforeCompaction;
  if (ask === undefined) return {};
  const limit = engine.hooks?.beforeTimeoutMillis ?? beforeMillis;
  const answer = await hear(input, 'beforeCompaction', limit, async (signal) =>
    ask(contextOf(input, plan), signal),
  );
  input.signal?.throwIfAborted();
  if (answer === undefined) return {};
  const { veto, pin = [] } = answer;
  const isNeeded = facts.trigger === 'overflow' || prepared.measure.total > budgetOf(prepared.window);
  if (veto !== undefined && !isNeeded) return { veto };
  if (veto !== undefined) tell(input, 'hook_veto_overridden', `It was needed all the same: ${veto}`);
  if (pin.length === 0) return {};
  let { state } = prepared;
  for (const wanted of pin) {
    const id = typeof wanted === 'string' ? wanted : shortId(engine.inspector.inspect(wanted).id);
    const asked = wishPin(state, id, undefined, 0);
    if (asked.result.outcome === 'too_many_pins')
      tell(input, 'hook_failed', `There are too many pins for ${id}.`);
    ({ state } = asked);
  }
  return { pinned: withState(engine, prepared, state) };
}

/** Tells the application what came of it. */
export async function askAfter<TItem>(
  input: Pick<AskInput<TItem>, 'engine' | 'observer' | 'signal'>,
  result: CompactResult<TItem>,
): Promise<void> {
  const ask = input.engine.hooks?.afterCompaction;
  if (ask === undefined || result.splice === undefined) return;
  const limit = input.engine.hooks?.afterTimeoutMillis ?? afterMillis;
  await hear(input, 'afterCompaction', limit, async (signal) => ask(result, signal));
}

async function hear<TItem, TValue>(
  input: Pick<AskInput<TItem>, 'engine' | 'observer' | 'signal'>,
  name: string,
  limitMillis: number,
  work: (signal: AbortSignal) => Promise<TValue>,
): Promise<Exclude<TValue, void> | undefined> {
  try {
    const answer = await withinTime(limitMillis, input.signal, work);
    return answer === undefined ? undefined : (answer as Exclude<TValue, void>);
  } catch (error) {
    if (input.signal?.aborted === true) return undefined;
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const why = isLate
      ? `${name} took more than ${limitMillis} ms and was not waited for.`
      : `${name} failed: ${error instanceof Error ? error.message : String(error)}`;
    tell(input, isLate ? 'hook_timeout' : 'hook_failed', why);
    return undefined;
  }
}

function tell(
  {
    engine,
    observer,
  }: Pick<AskInput<never>, 'observer'> & { readonly engine: { readonly now: () => number } },
  errorType: string,
  message: string,
): void {
  const at = engine.now();
  observer.tell({ name: 'error', errorType, message, fallback: 'ignored', startedAt: at, endedAt: at });
}

function contextOf<TItem>({ prepared, facts, note }: AskInput<TItem>, plan: Plan): BeforeCompaction<TItem> {
  const { entries } = prepared.resumed;
  const leavingAs = (position: number, fate: LeavingItem<TItem>['fate']): readonly LeavingItem<TItem>[] => {
    const entry = entries[position];
    if (entry === undefined || entry.isSummary) return [];
    return [{ item: entry.item, id: entry.past?.id ?? shortId(entry.id), fate, tokens: entry.tokens }];
  };
  const { id, sessionId, trigger, phase } = facts;
  return {
    sessionId,
    runId: id,
    sequence: prepared.state.sequence + 1,
    trigger,
    phase,
    ...(note === undefined ? {} : { note }),
    tokens: prepared.measure.total,
    window: prepared.window,
    leaving: [
      ...plan.covered.flatMap((position) => leavingAs(position, 'summarized')),
      ...[...plan.changes].flatMap(([position, { fate }]) => leavingAs(position, fate)),
    ],
  };
}
