import { CompactError } from '@clew/core';

/** What a platform may call the policy: the same object, by the name under which it was asked for. */
export const lifecycleName = 'context_lifecycle_policy';

/**
 * The mapping with its policy under `policy`, whichever of the two names it has.
 *
 * @param source names where the value comes from, for the message
 * @throws CompactError `invalid_options` where it has both
 */
export function withPolicyName(value: object, source: string): object {
  if (!Object.hasOwn(value, lifecycleName)) return value;
  if (Object.hasOwn(value, 'policy')) {
    throw new CompactError({
      code: 'invalid_options',
      message: `${source} has both policy and ${lifecycleName}: they are two names of one object. Say one of them.`,
    });
  }
  const { [lifecycleName]: policy, ...rest } = value as Readonly<Record<string, unknown>>;
  return { ...rest, policy };
}
