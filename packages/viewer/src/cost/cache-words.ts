import type { CallCache } from '@clew/trace-model';

export const stateWords: Record<CallCache['state'], string> = {
  warm: 'Warm',
  cold: 'Cold',
  unknown: 'Unknown',
};

/** Why the engine believes so. A reason that is not here is of a newer engine, and is shown as it came. */
const reasons: Readonly<Record<string, string>> = {
  read: 'the provider read this beginning from its cache',
  written: 'the provider wrote this beginning to its cache',
  idle: 'the session had rested for too long',
  model_changed: 'another model was called',
  preamble_changed: 'the instructions or the tools had changed',
  history_changed: 'the prompt did not begin with what was sent before',
  not_cached: 'the provider neither read nor wrote anything',
  missed: 'less was read than had been sent before',
  first_call: 'nothing had been sent yet',
  not_reported: 'the provider reported nothing of a cache',
};

export function cacheReason(reason: string): string {
  return reasons[reason] ?? reason.replaceAll('_', ' ');
}
