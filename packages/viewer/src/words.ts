import type { Category, Fate, Outcome, Trigger } from '@clew/trace-model';

/** Names for people of the values that records carry. */

export const categoryWords: Record<Category, string> = {
  system: 'System',
  developer: 'Developer',
  tools: 'Tool schemas',
  protected: 'Protected',
  summary: 'Summary',
  user: 'User',
  assistant: 'Assistant',
  reasoning: 'Reasoning',
  tool_calls: 'Tool calls',
  tool_results: 'Tool results',
  other: 'Other',
};

export const fateWords: Record<Fate, string> = {
  kept: 'Kept',
  protected: 'Protected',
  trimmed: 'Trimmed',
  cleared: 'Cleared',
  summarized: 'Summarised',
  dropped: 'Dropped',
};

export const fateMeanings: Record<Fate, string> = {
  kept: 'unchanged in the context',
  protected: 'kept, because a rule says that it may never leave',
  trimmed: 'kept, with its content shortened',
  cleared: 'kept, with its content replaced by a placeholder',
  summarized: 'left the context; the summary covers it',
  dropped: 'left the context; nothing covers it',
};

export const outcomeWords: Record<Outcome, string> = {
  compacted: 'compacted',
  noop_below: 'below the trigger',
  noop_nothing: 'nothing may leave',
  pruned_only: 'pruned only',
  restored: 'put back',
  fallback: 'fallback',
  inflated: 'would have grown',
  empty: 'empty summary',
  invalid: 'invalid input',
  timeout: 'timed out',
  aborted: 'stopped',
  stale: 'stale',
  futile: 'too little to gain',
  irreducible: 'over budget',
  failed: 'failed',
};

export const triggerWords: Record<Trigger, string> = {
  threshold: 'at the threshold',
  manual: 'asked for',
  overflow: 'after an overflow',
  idle: 'while idle',
  provider: "by the provider's rule",
};

/** `task_state` reads as `task state`. */
export function spaced(name: string): string {
  return name.replaceAll('_', ' ');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
