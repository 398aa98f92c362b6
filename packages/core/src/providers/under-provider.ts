import type { Engine } from '../engine.ts';
import type { SessionState } from '../session-state.ts';
import { tellError } from '../tell-steps.ts';
import type { Telling } from '../tell-steps.ts';
import type { Window } from '../result.ts';
import { capabilitiesOf } from './capabilities-of.ts';
import type { ProviderRoute, ProviderUse } from './provider-use.ts';
import { assertPossible } from './server-managed.ts';
import { settleProviderUse } from './settle-provider-use.ts';

type Call = { readonly model: string; readonly route: ProviderRoute | undefined; readonly window: Window };

/**
 * Who compacts a call.
 * @throws CompactError `server_managed_state`
 */
export function providerUseOf(
  { policy, capabilities }: Pick<Engine<never>, 'policy' | 'capabilities'>,
  { model, route, window }: Call,
): ProviderUse {
  const { providerMode: mode = 'local' } = policy;
  // What most calls come to, without a look at the matrix.
  if (mode === 'local' && route?.isServerManaged !== true) return { mode, used: 'local' };
  const found = capabilitiesOf(model, capabilities);
  const use = settleProviderUse({ policy, window, model, found, route });
  if (route?.isServerManaged === true) assertPossible(use, model);
  return use;
}

/** The engine as it works on a call that the provider compacts: it only keeps the budget. */
export function guarding<TItem>(engine: Engine<TItem>, use: ProviderUse | undefined): Engine<TItem> {
  return use?.used === 'native' ? { ...engine, triggers: engine.guards } : engine;
}

/** Tells what was wanted of the provider and cannot be, once for as long as it is so. */
export function tellFallback(telling: Telling, use: ProviderUse | undefined): void {
  const { fallback, ask } = use ?? {};
  if (fallback === undefined || fallback === telling.prepared.state.providerFallback) return;
  tellError(telling, 'native_unavailable', fallback, ask === undefined ? 'local' : 'clearing-only');
}

export function withFallback(
  { providerFallback: _before, ...state }: SessionState,
  use: ProviderUse | undefined,
): SessionState {
  return use?.fallback === undefined ? state : { ...state, providerFallback: use.fallback };
}
