import type { Kept } from './common.ts';
import { amount, list, percent, tokens } from './quantity.ts';
import type { RecordName, RecordOf } from './records.ts';
import type { Trigger } from './run-record.ts';
import { runSentence } from './run-sentence.ts';
import type {
  ArchivalRecord,
  ErrorRecord,
  PrunedMessagesRecord,
  SummaryCreatedRecord,
  TokenEstimateRecord,
  TriggerDecisionRecord,
} from './step-records.ts';

/** What happened, in one sentence for a person. It holds numbers and names only, never content. */
export function describe<TName extends RecordName>(name: TName, record: RecordOf<TName>): string {
  return sentences[name](record);
}

const sentences: { readonly [TName in RecordName]: (record: RecordOf<TName>) => string } = {
  'compact.run': runSentence,
  'compact.token_estimate': estimate,
  'compact.trigger_decision': decision,
  'compact.summary_created': summary,
  'compact.pruned_messages': pruned,
  'compact.archival': archival,
  'compact.error': failure,
};

const counted = {
  provider: 'as the provider counts',
  tokenizer: 'by the tokenizer',
  estimate: 'estimated',
} as const;

function estimate({ t_est, max_tokens, usage_pct, basis }: TokenEstimateRecord): string {
  const fill = `${tokens(t_est, basis)} of ${tokens(max_tokens)} tokens (${percent(usage_pct)})`;
  return `The next prompt holds ${fill}, ${counted[basis]}.`;
}

const firing: Record<Trigger, string> = {
  threshold: 'Compaction is due',
  manual: 'Compaction was asked for',
  overflow: 'Compaction is forced by an overflow',
  idle: 'Compaction is due while the session idles',
  provider: 'Compaction is due by the rule of the provider',
};

function decision({ triggered, trigger, rule, t_est, window, pruned_count }: TriggerDecisionRecord): string {
  const verdict = triggered
    ? `${firing[trigger]}${rule === undefined || rule === trigger ? '' : ` by the rule ${rule}`}`
    : t_est < window.trigger
      ? 'Compaction is not due'
      : 'Compaction is held back';
  const share = window.limit === 0 ? '' : ` (${percent(t_est / window.limit)})`;
  const leaving = triggered && pruned_count ? `; ${amount(pruned_count, 'item')} to leave` : '';
  return `${verdict}: ${tokens(t_est)} of ${tokens(window.limit)} tokens${share}, trigger at ${tokens(window.trigger)}${leaving}.`;
}

function summary(record: SummaryCreatedRecord): string {
  const source = `${amount(record.input_messages, 'message')} of ${size(record.input_tokens)}`;
  const result = `${size(record.summary_tokens)}${record.input_tokens === 0 ? '' : ` (${percent(record.compression_ratio)})`}`;
  const how = record.method === 'digest' ? 'without a model' : `as ${record.strategy}`;
  const attempt = record.attempt > 1 ? ` at attempt ${record.attempt}` : '';
  const part = record.part === undefined ? '' : `, part ${record.part.number} of ${record.part.count}`;
  return `Summarised ${source} in ${result} ${how}${attempt}${part}: summary v${record.summary.version}.`;
}

function pruned({ pruned_count, pruned_tokens, kept }: PrunedMessagesRecord): string {
  if (pruned_count === 0) return `No item left the context${keeping(kept)}.`;
  return `${amount(pruned_count, 'item')} of ${size(pruned_tokens)} left the context${keeping(kept)}.`;
}

function keeping({ pinned, recent_turns, tool_pairs }: Kept): string {
  const parts = [
    pinned > 0 ? amount(pinned, 'pinned item') : '',
    recent_turns > 0 ? amount(recent_turns, 'recent turn') : '',
    tool_pairs > 0 ? amount(tool_pairs, 'tool pair') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `; kept ${list(parts)}`;
}

function archival({ step, storage_adapter, location }: ArchivalRecord): string {
  return `Stored the ${step} in ${storage_adapter} at ${location}.`;
}

/** The message stays out: it may quote a provider, and a provider may quote the prompt. */
function failure({ error_type, fallback, attempt }: ErrorRecord): string {
  return `${attempt === undefined ? 'Failed' : `Attempt ${attempt} failed`} with ${error_type}; fallback: ${fallback}.`;
}

function size(count: number): string {
  return `${tokens(count)} ${count === 1 ? 'token' : 'tokens'}`;
}
