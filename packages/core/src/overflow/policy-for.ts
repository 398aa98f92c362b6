import type { CompactionInput } from '../compaction-input.ts';
import type { CompactPolicy } from '../policy.ts';

/** The policy of a run: after a refusal, tool results may be cut further than the user's says. */
export function policyFor({
  engine: { policy },
  facts,
}: Pick<CompactionInput<unknown>, 'facts'> & {
  readonly engine: { readonly policy: CompactPolicy };
}): CompactPolicy {
  const { trimToolResultTokens = Infinity } = facts.overflow ?? {};
  return trimToolResultTokens >= policy.trimToolResultTokens ? policy : { ...policy, trimToolResultTokens };
}

/** What the model has not read yet may take this share of the budget. */
const defaultUnreadShare = 0.5;

export function unreadShareOf({ overflow }: CompactionInput<unknown>['facts']): number {
  return overflow?.unreadShare ?? defaultUnreadShare;
}
