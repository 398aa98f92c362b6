import { amount, change, percent, tokens } from './quantity.ts';
import type { Outcome, RunRecord } from './run-record.ts';

/** `Compacted 112k to 44k tokens (-61 %): 47 items summarised, 6 dropped; summary v3 of 812 tokens.` */
export function runSentence(run: RunRecord): string {
  const { outcome } = run;
  if (run.phase === 'provider') return providerSentence(run);
  if (outcome === 'compacted') return `Compacted ${sizes(run)}${fates(run)}${summary(run)}${facts(run)}.`;
  if (outcome === 'pruned_only') return `Pruned ${sizes(run)}${fates(run)}; no summary was needed.`;
  if (outcome === 'fallback')
    return `Compacted ${sizes(run)} without the summariser${fates(run)}${summary(run)}${facts(run)}.`;
  if (outcome === 'restored') return `Put back ${amount(run.count.inserted, 'item')}: ${sizes(run)}.`;
  if (outcome === 'noop_below') {
    return `Not compacted: ${fill(run)}, trigger at ${tokens(run.window.trigger)}${reapplied(run)}.`;
  }
  return run.tokens.after < run.tokens.before
    ? `Compacted ${sizes(run)}${fates(run)}, but ${because[outcome]}.`
    : `Not compacted: ${because[outcome]}; ${fill(run)}.`;
}

const because: Record<
  Exclude<Outcome, 'compacted' | 'pruned_only' | 'fallback' | 'restored' | 'noop_below'>,
  string
> = {
  noop_nothing: 'there is nothing that may leave',
  inflated: 'the result would have been larger than the input',
  empty: 'the summary was empty',
  invalid: 'a call or a result in the input is malformed',
  timeout: 'the time was up',
  aborted: 'the caller stopped it',
  stale: 'the history changed meanwhile',
  futile: 'too little would have been gained',
  irreducible: 'what may never leave is over the budget by itself',
  failed: 'something failed unexpectedly',
};

function sizes({ tokens: { before, after, basis } }: RunRecord): string {
  return `${tokens(before, basis)} to ${tokens(after, basis)} tokens${change(before, after)}`;
}

function fill({ tokens: { after, basis }, window }: RunRecord): string {
  const share = window.limit === 0 ? '' : ` (${percent(after / window.limit)})`;
  return `${tokens(after, basis)} of ${tokens(window.limit)} tokens${share}`;
}

/** The first fate carries the noun: `47 items summarised, 6 dropped`. */
function fates({ count }: RunRecord): string {
  const parts = [
    [count.summarized, 'summarised'],
    [count.dropped, 'dropped'],
    [count.cleared, 'cleared'],
    [count.trimmed, 'trimmed'],
  ] as const;
  const told = parts
    .filter(([number]) => number > 0)
    .map(([number, fate], index) => `${index === 0 ? amount(number, 'item') : number} ${fate}`);
  return told.length === 0 ? '' : `: ${told.join(', ')}`;
}

function summary({ summary: made }: RunRecord): string {
  if (made === undefined) return '';
  return `; summary v${made.version} of ${tokens(made.tokens)} ${made.tokens === 1 ? 'token' : 'tokens'}`;
}

/** Shares are rounded down: all of them is what only all of them are. */
function facts({ retention }: RunRecord): string {
  return retention === undefined
    ? ''
    : `; ${percent(Math.floor(retention.score * 100) / 100)} of the facts kept`;
}

function reapplied(run: RunRecord): string {
  if (run.reapplied === 'applied') return '; the earlier compaction still holds';
  return run.reapplied === 'missed' ? '; the earlier compaction was not found in the input' : '';
}

/** What the provider did, as far as it tells. */
function providerSentence(run: RunRecord): string {
  const { provider, outcome } = run;
  if (outcome === 'compacted') return `The provider compacted ${sizes(run)}${fates(run)}${summary(run)}.`;
  if (provider?.cleared_tool_uses === undefined)
    return `What the provider did was not taken down: ${outcome}.`;
  const freed = provider.cleared_tokens === undefined ? '' : `, ${tokens(provider.cleared_tokens)} tokens`;
  return `The provider cleared ${amount(provider.cleared_tool_uses, 'tool result')}${freed}, for its call alone.`;
}
