import { coverageOf } from './account.ts';
import { anchor, withOverhead } from './anchor.ts';
import type { Anchored } from './anchor.ts';
import { defaultColdAfterMillis } from './cache/cache-memory.ts';
import { cacheViewOf } from './cache/cache-view.ts';
import type { CacheView } from './cache/cache-view.ts';
import { learnCache } from './cache/learn-cache.ts';
import type { PriceList } from './cache/prices.ts';
import { calibrate } from './calibrate.ts';
import type { PreflightRequest } from './compactor.ts';
import type { Basis } from './counter.ts';
import type { Engine } from './engine.ts';
import type { Entry } from './entry.ts';
import { groupEntries } from './group.ts';
import type { Grouping } from './group.ts';
import { GrowingList } from './growing-list.ts';
import type { Inspected } from './inspector.ts';
import type { LedgerRow } from './ledger.ts';
import { measureOf, weighFixed } from './measure.ts';
import type { Fixed, Measure } from './measure.ts';
import { learnFromOverflow, limitOf } from './overflow/learn-from-overflow.ts';
import type { LearnContext } from './overflow/learn-from-overflow.ts';
import { preambleOf } from './preamble.ts';
import type { Preamble } from './preamble.ts';
import type { Coverage, Window } from './result.ts';
import { extendResumed, resume, toEntry } from './resume.ts';
import type { Resumed } from './resume.ts';
import { isSameJson } from './same-json.ts';
import type { SessionState } from './session-state.ts';
import { emptyTally, extendTally } from './tally.ts';
import type { Tally } from './tally.ts';
import { tokenPrior } from './token-prior.ts';
import { createWeigher } from './weigh.ts';
import type { Weigher } from './weigh.ts';
import { windowOf } from './window.ts';

/** The session as it stands before this call: what the model would see, and what that weighs. */
export type Prepared<TItem> = {
  readonly state: SessionState;
  /** Of what may never leave, when this was prepared. */
  readonly protectionVersion: number;
  readonly reading: Reading<TItem>;
  readonly inspected: readonly Inspected<TItem>[];
  readonly resumed: Resumed<TItem>;
  /** Worked out when it is first asked for: below the trigger nobody does. */
  readonly grouping: Grouping;
  readonly weigher: Weigher;
  readonly anchored: Anchored;
  /** Instructions and tools by their weights alone. */
  readonly weighed: Fixed;
  readonly preamble: Preamble;
  /** Whose cache the prompt goes to, and what that costs. */
  readonly caching: Caching;
  /** What that cache holds of the prompt. Worked out when it is first asked for. */
  readonly cache: CacheView;
  /** Instructions, tools, and what the provider was seen to count beside the items. */
  readonly fixed: Fixed;
  /** The entries, added up. */
  readonly tally: Tally;
  readonly measure: Measure;
  readonly coverage: Coverage;
  readonly basis: Basis;
  readonly window: Window;
};

type Caching = {
  readonly model: string;
  /** Digest of the instructions and tools. */
  readonly preamble: string;
  readonly prices: PriceList | undefined;
};

/** The caller's items, and what was read of each. */
type Reading<TItem> = {
  readonly given: GrowingList<TItem>;
  readonly inspected: GrowingList<Inspected<TItem>>;
};
/** A reading that goes on from an earlier one, where there is one. */
type Continued<TItem> = Reading<TItem> & {
  readonly known: Prepared<TItem> | undefined;
  /** What is new since then; everything where nothing is known. */
  readonly added: readonly Inspected<TItem>[];
};

type Request<TItem> = Pick<
  PreflightRequest<TItem>,
  'items' | 'instructions' | 'tools' | 'model' | 'usage' | 'overflow'
> & {
  /** When the call began, in epoch milliseconds; else the cache is seen as it was at the call before. */
  readonly at?: number;
};
type Standing<TItem> = Pick<Prepared<TItem>, 'resumed' | 'tally' | 'coverage'>;

/**
 * What was prepared before, where the caller's items go on from those that it read: the same ones, or copies of
 * them. It costs one comparison of each.
 */
export function knownOf<TItem>(
  before: Prepared<TItem> | undefined,
  items: readonly TItem[],
): Prepared<TItem> | undefined {
  return before?.reading.given.isPrefixOf(items, isSameJson) === true ? before : undefined;
}

/** The items that were not read yet. */
export function newIn<TItem>(items: readonly TItem[], known: Prepared<TItem> | undefined): readonly TItem[] {
  return known === undefined ? items : items.slice(known.reading.given.length);
}

/**
 * @param before what `knownOf` found: a history that has grown then costs what is new. It changes nothing but the
 * time that this takes.
 */
export function prepare<TItem>(
  engine: Engine<TItem>,
  stored: SessionState,
  request: Request<TItem>,
  before?: Prepared<TItem>,
): Prepared<TItem> {
  const { policy, counter } = engine;
  const { coldAfterMillis = defaultColdAfterMillis } = policy;
  const reading = read(engine, request.items, before);
  const model = request.model ?? engine.model;
  const prior = tokenPrior(model, counter);
  const told = { model, prior, limitTokens: engine.maxContextTokens };
  const state = nextState(stored, request, { ...told, coldAfterMillis }, reading.added);
  const standing = stand(engine, state, reading);
  const weigher = createWeigher(counter, state.scale, engine.mediaWeight);
  const preamble = preambleOf(request, before?.preamble);
  const weighed = weighFixed(createWeigher(engine.fixedCounter, state.scale), preamble);
  const anchored = anchor(
    state,
    { list: standing.resumed.list, tally: standing.tally, fixed: weighed },
    prior,
  );
  const fixed = withOverhead(weighed, anchored.overhead);
  const overhead = fixed.instructions + fixed.tools - weighed.instructions - weighed.tools;
  const limit = limitOf(state, model, engine.maxContextTokens, overhead);
  const { given, inspected } = reading;
  const measure = measureOf(standing.tally, fixed);
  let grouping: Grouping | undefined;
  let cache: CacheView | undefined;
  return {
    state,
    protectionVersion: engine.protectionVersion(),
    reading: { given, inspected },
    get inspected() {
      return inspected.values;
    },
    ...standing,
    get grouping() {
      return (grouping ??= groupEntries(standing.resumed.entries));
    },
    weigher,
    anchored,
    weighed,
    preamble,
    caching: { model, preamble: preamble.digest, prices: engine.prices },
    get cache() {
      return (cache ??= cacheViewOf({
        memory: state.cache,
        model,
        preamble: preamble.digest,
        list: standing.resumed.list,
        totalTokens: measure.total,
        hasLostSplice: standing.resumed.reapplied === 'missed',
        now: request.at ?? state.lastCallAt ?? 0,
        coldAfterMillis,
      }));
    },
    fixed,
    measure,
    basis: state.isCalibrated ? 'provider' : counter.basis,
    window: windowOf(limit, policy, { isConfigured: limit === engine.maxContextTokens }),
  };
}

function read<TItem>(
  { inspector }: Engine<TItem>,
  items: readonly TItem[],
  known: Prepared<TItem> | undefined,
): Continued<TItem> {
  const newItems = newIn(items, known);
  const added = newItems.map((item) => inspector.inspect(item));
  return known === undefined
    ? { known, added, given: GrowingList.from(items), inspected: GrowingList.from(added) }
    : {
        known,
        added,
        given: known.reading.given.append(newItems),
        inspected: known.reading.inspected.append(added),
      };
}

function nextState(
  stored: SessionState,
  { usage, overflow }: Pick<PreflightRequest<unknown>, 'usage' | 'overflow'>,
  context: LearnContext & { readonly coldAfterMillis: number },
  added: readonly Inspected<unknown>[],
): SessionState {
  const flagged = added.filter(({ isFlagged }) => isFlagged);
  const ids = new Set([...stored.protectedIds, ...flagged.map(({ id }) => id)]);
  const refused = overflow?.overflow;
  const calibrated = calibrate(stored, usage, context.prior);
  return {
    ...(refused === undefined ? calibrated : learnFromOverflow(calibrated, refused, context)),
    calls: stored.calls + 1,
    protectedIds: ids.size === stored.protectedIds.length ? stored.protectedIds : [...ids],
    ...(stored.cache === undefined
      ? {}
      : { cache: learnCache(stored.cache, usage, context.coldAfterMillis) }),
  };
}

/** The context before anything new is decided, added up. */
function stand<TItem>(
  engine: Engine<TItem>,
  state: SessionState,
  { known, added, inspected }: Continued<TItem>,
): Standing<TItem> {
  const isProtected = protectionOf(engine, state);
  const isSame = known?.protectionVersion === engine.protectionVersion() && isSameReading(known.state, state);
  if (known !== undefined && isSame) {
    const length = known.reading.given.length;
    const resumed = extendResumed(known.resumed, length, added, { state, isProtected });
    if (resumed !== undefined) return standOn(known, resumed);
  }
  const resumed = resume({ state, items: inspected.values, inspector: engine.inspector, isProtected });
  return {
    resumed,
    tally: extendTally(emptyTally, resumed.entries),
    coverage: coverageOf(resumed.seen, resumed.entries, resumed.gone),
  };
}

/** The same call on another state of its session: with pins that it did not have. */
export function withState<TItem>(
  engine: Engine<TItem>,
  prepared: Prepared<TItem>,
  state: SessionState,
): Prepared<TItem> {
  const standing = stand(engine, state, { ...prepared.reading, known: undefined, added: [] });
  return {
    ...prepared,
    ...standing,
    state,
    grouping: groupEntries(standing.resumed.entries),
    measure: measureOf(standing.tally, prepared.fixed),
  };
}

function protectionOf<TItem>(
  engine: Engine<TItem>,
  state: SessionState,
): (inspected: Inspected<TItem>) => boolean {
  const protectedIds = new Set(state.protectedIds);
  const roles = new Set<string>(engine.policy.rolesNeverPrune);
  return ({ id, view, item }) =>
    protectedIds.has(id) ||
    (view.kind === 'message' && roles.has(view.role)) ||
    engine.isProtected(view, item);
}

/** Reads what a store or an archive gave back: items of this dialect, which we put there. */
export function entryReader<TItem>(
  engine: Engine<TItem>,
  state: SessionState,
): (item: unknown, origin: { readonly ordinal?: number; readonly past?: LedgerRow }) => Entry<TItem> {
  const isProtected = protectionOf(engine, state);
  return (item, origin) => toEntry(engine.inspector.inspect(item as TItem), { isProtected }, state, origin);
}

function standOn<TItem>(known: Prepared<TItem>, resumed: Resumed<TItem>): Standing<TItem> {
  const added = resumed.list.since(known.tally.count);
  const { coverage } = known;
  return {
    resumed,
    tally: extendTally(known.tally, added),
    coverage: { ...coverage, seen: resumed.seen, visible: coverage.visible + added.length },
  };
}

/** Whether both states make the same of the same items. */
function isSameReading(left: SessionState, right: SessionState): boolean {
  return (
    left.scale === right.scale &&
    left.splices === right.splices &&
    left.summaries === right.summaries &&
    left.protectedIds === right.protectedIds &&
    left.pins === right.pins
  );
}
