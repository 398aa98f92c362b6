import type { CompactPolicyInput } from '@clew/core';
import type { ConfigFile } from './config.ts';
import { camelCase } from './case-names.ts';

/** The policy of a configuration, as the engine names its fields. What was not written is left to the engine. */
export function policyOf({ policy }: Pick<ConfigFile, 'policy'>): CompactPolicyInput {
  return Object.fromEntries(
    Object.entries(policy)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [camelCase(name), value]),
  );
}
