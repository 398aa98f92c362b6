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
