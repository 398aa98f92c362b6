import type { Window } from '@clew/core';
import type { WindowTokens } from '@clew/semconv';

export function windowRecordOf(window: Window): WindowTokens {
  return {
    limit: window.limitTokens,
    reserve: window.reserveTokens,
    trigger: window.triggerTokens,
    target: window.targetTokens,
  };
}
