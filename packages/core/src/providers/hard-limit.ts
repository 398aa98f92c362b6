import type { TriggerRule } from '../triggers/trigger-rule.ts';
import { budgetOf } from '../window.ts';

/** Where the provider compacts, the engine still keeps the prompt within its budget, should it not. */
export const hardLimit: TriggerRule = {
  name: 'hard_limit',
  goal: 'target',
  fires: ({ tokens, window }) => tokens >= budgetOf(window),
  because: ({ tokens, window }) =>
    `estimate ${tokens} >= budget ${budgetOf(window)}, which the provider was to keep`,
};
