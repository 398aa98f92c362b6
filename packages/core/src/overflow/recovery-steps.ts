import type { OverflowAttempt } from './overflow.ts';

/** What to try when a prompt was refused. */
export type RecoveryStep = Omit<OverflowAttempt, 'overflow' | 'attempt'>;

/**
 * Compact, now that more is known; compact for half as much; cut what tools gave, also what the model has not read
 * yet. Then the provider's error is the answer.
 */
export const recoverySteps: readonly RecoveryStep[] = [
  { step: 'compact', aimShare: 1, unreadShare: 0.5 },
  { step: 'compact_harder', aimShare: 0.5, unreadShare: 0.25 },
  { step: 'trim_tool_results', aimShare: 0.25, unreadShare: 0.1, trimToolResultTokens: 500 },
];
