import type { Dialect } from '../dialect.ts';
import { isVisible } from '../ledger.ts';
import type { LedgerRow } from '../ledger.ts';
import type { CompactResult } from '../result.ts';
import { renderSummary } from '../summary-block.ts';
import type { Validity } from '../validity/validity.ts';
import { budgetOf } from '../window.ts';
import { brokenLaws } from './laws.ts';
import { protectsSome } from './scenario.fixture.ts';
import type { Scenario, Sends } from './scenario.fixture.ts';
import { traceOf } from './sent-history.fixture.ts';
import type { Given, SentHistory } from './sent-history.fixture.ts';

export type Call = {
  readonly items: readonly object[];
  readonly sends: Sends;
  readonly result: CompactResult<object>;
  readonly isManual: boolean;
  /** Whether a provider refused the request as too long. */
  readonly isRefused: boolean;
  readonly aborts: boolean;
  readonly isMalformed: boolean;
  /** The call before, where this one only repeats it. */
  readonly again: Call | undefined;
  readonly isReported: boolean;
};

const swaps: ReadonlySet<string> = new Set(['compacted', 'pruned_only', 'fallback']);

/** What one call breaks: empty where every law holds. */
export function* callLaws(
  call: Call,
  history: SentHistory,
  scenario: Scenario,
  dialect: Dialect<object> & Validity<object>,
): Generator<string> {
  yield* brokenLaws(call.result);
  yield* validity(call, dialect);
  yield* outcomes(call, scenario);
  yield* fates(call, history);
  yield* protection(call, history, scenario);
  yield* oneSummary(call);
  yield* target(call);
  yield* idempotence(call, history, scenario);
  for (const item of call.result.items) {
    if (hasFlagAnywhere(item, history.flag)) yield `a mark is sent: ${JSON.stringify(item).slice(0, 200)}`;
  }
}

/** The output breaks no rule of the provider that the input did not. */
function* validity({ items, result, isMalformed }: Call, dialect: Validity<object>): Generator<string> {
  // A splice made for one such list, put in place in another, may meet what it was not made to stand before.
  if (isMalformed && result.reapplied === 'applied') return;
  const after = dialect.validate(result.items);
  if (after.length === 0) return;
  const before = dialect.validate(items);
  for (const rule of new Set(after.map((defect) => defect.rule))) {
    const [now, then] = [after, before].map((list) => list.filter((defect) => defect.rule === rule));
    if ((now?.length ?? 0) > (then?.length ?? 0)) yield `invalid for the provider: ${now?.[0]?.message}`;
  }
}

function* outcomes(
  { result, aborts, isManual, isRefused, isMalformed }: Call,
  scenario: Scenario,
): Generator<string> {
  const { outcome, tokens, window, splice } = result;
  // What still does not fit is smaller all the same, and the outcome says that it does not.
  const isOver = outcome === 'irreducible' && tokens.after > budgetOf(window);
  if (splice === undefined ? swaps.has(outcome) : !swaps.has(outcome) && !isOver) {
    yield `${outcome} and ${splice === undefined ? 'no' : 'a'} splice do not go together`;
  }
  if (splice !== undefined && tokens.after >= tokens.before) {
    yield `${tokens.after} tokens after, ${tokens.before} before`;
  }
  if (splice !== undefined && !isRefused && tokens.after > window.limitTokens)
    yield 'what is returned is over the window';
  if (outcome === 'aborted' && !aborts) yield 'nobody aborted it';
  if (outcome === 'failed' && scenario.archive !== 'fails but is required') yield `failed: ${result.advice}`;
  if (outcome === 'fallback' && scenario.summaries === undefined) yield 'a fallback from nothing';
  if (outcome === 'noop_below') {
    if (isManual) yield 'a manual call is never below a threshold';
    const isCooling = scenario.policy.cooldownCalls !== undefined;
    if (tokens.before >= window.triggerTokens && !isCooling) yield 'it is not below the trigger';
  }
  if (outcome === 'invalid' && !isMalformed) yield `invalid: ${result.advice}`;
}

/** The ledger says of every item that the caller ever gave what has become of it, and it is so. */
function* fates({ sends, items, result, isMalformed }: Call, history: SentHistory): Generator<string> {
  const { coverage, ledger } = result;
  const positions = new Map(history.all.map(({ trace }, index) => [trace, index]));
  const traces = result.items.flatMap((item) => traceOf(item) ?? []);
  const order = traces.map((trace) => positions.get(trace) ?? Infinity);
  if (order.some((position, index) => position < (order[index - 1] ?? -1))) yield 'the order has changed';
  if (isMalformed) return;
  if (coverage.seen !== history.all.length) {
    if (!history.isRewritten && result.sequence <= 8)
      yield `${sends}: ${coverage.seen} seen of ${history.all.length}`;
    return;
  }
  if (history.isRewritten && result.reapplied === 'missed' && items.length !== history.all.length) return;
  const rows = ledger.filter(({ index }) => index !== undefined);
  const returned = new Map(result.items.map((item) => [traceOf(item), item]));
  for (const [index, row] of rows.entries()) {
    if (row.index !== index) {
      yield `row ${index} of the ledger is about item ${row.index}`;
      return;
    }
    const given = history.all[index];
    if (given === undefined) continue;
    const item = returned.get(given.trace);
    const isUntouched = item === given.given && !given.isFlagged;
    if (!isUntouched || !(row.fate === 'kept' || row.fate === 'protected')) yield* fate(row, given, item);
  }
  const visible = rows.filter((row) => isVisible(row.fate)).length;
  if (traces.length !== visible) yield `${traces.length} items returned, ${visible} in the ledger`;
}

function* fate(row: LedgerRow, given: Given, item: object | undefined): Generator<string> {
  const is = `item ${row.index} is ${row.fate}`;
  if (!isVisible(row.fate)) {
    if (item !== undefined) yield `${is}, and still there`;
    return;
  }
  if (item === undefined) {
    yield `${is}, and not there`;
    return;
  }
  const json = JSON.stringify(item);
  const isSame = json === given.json;
  if (row.fate === 'kept' || row.fate === 'protected') {
    if (!isSame) yield `${is}, and has changed: ${json.slice(0, 200)} was ${given.json.slice(0, 200)}`;
  } else if (isSame) yield `${is}, and has not changed`;
  else if (Object.keys(item).join() !== Object.keys(given.sent).join()) yield `${is}, and a field is lost`;
}

function* protection(
  { items, result }: Call,
  history: SentHistory,
  { policy, own }: Scenario,
): Generator<string> {
  const roles: readonly string[] = policy.rolesNeverPrune ?? ['system', 'developer'];
  const met = new Set(items.map(traceOf));
  const returned = new Map(result.items.map((item) => [traceOf(item), item]));
  for (const { view, trace, isMarked, json, given, isFlagged } of history.all) {
    const item = returned.get(trace);
    if (!met.has(trace) || (item === given && !isFlagged)) continue;
    const isProtected =
      isMarked ||
      (view.kind === 'message' && roles.includes(view.role)) ||
      (own.includes('protects') && protectsSome(view));
    if (isProtected && JSON.stringify(item) !== json) yield `protected ${trace} left or changed`;
  }
}

/** Never more than one summary, and it is the one that the result names. */
function* oneSummary({ result }: Call): Generator<string> {
  const ours = result.items
    .filter((item) => traceOf(item) === undefined)
    .map((item) => JSON.stringify(item))
    .filter((json) => json.includes('<COMPACT-SUMMARY v'));
  if (ours.length > 1) yield `${ours.length} summaries`;
  const { summary } = result;
  if (ours.length !== (summary === undefined ? 0 : 1)) {
    yield `${ours.length} summaries in the items, and ${summary === undefined ? 'none' : 'one'} in the result`;
  }
  if (summary === undefined) return;
  const text = JSON.stringify(renderSummary(summary)).slice(1, -1);
  if (ours[0]?.includes(text) === false) yield 'the summary in the items is another than that of the result';
  if ((ours[0]?.match(/COMPACT-SUMMARY v\d/gu)?.length ?? 1) < 1) yield 'no mark';
  const ends = ours[0]?.match(/<\s*\/\s*COMPACT-SUMMARY/giu)?.length;
  if (ours[0] !== undefined && ends !== 1) yield `the block ends ${ends} times`;
}

/** Down to the target, or a typed reason why not. */
function* target({ result }: Call): Generator<string> {
  const { tokens, window, shortfall, outcome } = result;
  if (!swaps.has(outcome)) return;
  const isMet = tokens.after <= window.targetTokens;
  if (isMet !== (shortfall === undefined)) yield 'the shortfall does not say whether the target was met';
  const held = shortfall?.heldBy.reduce((sum, holder) => sum + holder.tokens, 0) ?? tokens.after;
  if (held !== tokens.after) yield `${held} tokens are held, ${tokens.after} are there`;
}

/** Asked again with nothing new, it does nothing new. */
function* idempotence(
  { again, result, isReported, sends }: Call,
  history: SentHistory,
  scenario: Scenario,
): Generator<string> {
  // What a rolling caller compacted is bound to its own list: one who then sends the history has to do it again.
  if (again === undefined || isReported || (again.sends !== sends && history.isMixed)) return;
  const isSteady =
    (scenario.summaries ?? []).every((manner) => manner === 'good') &&
    scenario.archive !== 'fails but is required';
  const before = again.result;
  // What still does not fit its budget is tried again.
  const isSettled = before.outcome !== 'irreducible';
  // A rest is counted in calls, and this is one more.
  const wasCooling =
    before.outcome === 'futile' ||
    (before.outcome === 'noop_below' && scenario.policy.cooldownCalls !== undefined);
  if (wasCooling || !isSteady || !isSettled || before.coverage.seen !== result.coverage.seen) return;
  if (JSON.stringify(before.items) !== JSON.stringify(result.items)) {
    yield `asked again after ${before.outcome}, it is ${result.outcome} and changes the items`;
  }
}

function hasFlagAnywhere(item: object, flag: string): boolean {
  const places = [item, fieldOf(item, 'metadata'), fieldOf(item, 'providerData')];
  return places.some((place) => typeof place === 'object' && place !== null && flag in place);
}

function fieldOf(item: object, key: string): unknown {
  return Object.entries(item).find(([name]) => name === key)?.[1];
}
