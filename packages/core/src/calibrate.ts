import type { SessionState } from './session-state.ts';
import type { Usage } from './usage.ts';

/** A report outside of these bounds is about another prompt than the one that was prepared. */
const minScale = 0.5;
const maxScale = 3;

/** Anchors the weights on what the provider counted for the prompt that was last prepared. */
export function calibrate(state: SessionState, usage: Usage | undefined): SessionState {
  if (usage === undefined || state.lastWeight === undefined || state.lastWeight === 0) return state;
  const scale = usage.inputTokens / state.lastWeight;
  if (!Number.isFinite(scale) || scale < minScale || scale > maxScale) return state;
  return { ...state, scale, isCalibrated: true };
}
