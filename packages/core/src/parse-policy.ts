import { CompactError } from './errors.ts';
import { describeIssues } from './issues/describe-issues.ts';
import { CompactPolicy } from './policy.ts';
import type { CompactPolicyInput } from './policy.ts';
import { policyConflicts } from './policy-conflicts.ts';

/**
 * A field that would have no effect is refused like one that is not known.
 * @throws CompactError `invalid_policy`, naming each field, what was expected and what came.
 */
export function parsePolicy(input: CompactPolicyInput = {}): CompactPolicy {
  const parsed = CompactPolicy.safeParse(input);
  if (!parsed.success) {
    const nameOf = (path: readonly PropertyKey[]) => ['policy', ...path].map(String).join('.');
    const sentences = describeIssues(CompactPolicy, parsed.error.issues, input, { nameOf });
    throw new CompactError({
      code: 'invalid_policy',
      message: `The policy is not valid:\n  ${sentences.join('\n  ')}`,
      details: { issues: parsed.error.issues },
    });
  }
  const [conflict] = policyConflicts(parsed.data, input);
  if (conflict !== undefined) throw new CompactError({ code: 'invalid_policy', message: conflict });
  return parsed.data;
}
