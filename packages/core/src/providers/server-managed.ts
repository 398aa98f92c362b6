import { CompactError } from '../errors.ts';
import type { ProviderUse } from './provider-use.ts';

/**
 * The provider has the history, and sends nobody what it has: what is not asked of it, nobody can do.
 * @throws CompactError `server_managed_state`
 */
export function assertPossible(use: ProviderUse, model: string): void {
  if (use.used === 'native') return;
  const why =
    use.mode === 'local'
      ? 'and the policy has the engine compact (providerMode local)'
      : `and ${model} cannot be asked to compact: ${use.fallback ?? 'nothing is known of it.'}`;
  const instead =
    use.mode === 'local'
      ? "Set policy.providerMode to 'auto' or 'native', or leave conversationId and previousResponseId out and use a session."
      : 'Leave conversationId and previousResponseId out and use a session, or say under capabilities what the model can do.';
  throw new CompactError({
    code: 'server_managed_state',
    message: `The provider holds the history of this call (conversationId or previousResponseId), so that nothing local can compact it, ${why} ${instead}`,
    details: { model, mode: use.mode },
  });
}
