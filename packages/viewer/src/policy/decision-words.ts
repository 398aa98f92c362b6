import type { Run, Trigger } from '@clew/trace-model';
import { outcomeWords } from '../words.ts';
import type { Decision } from './policy-field.ts';

/** Decisions that no rule of the policy makes. */
export const decidedBy: Record<Exclude<Trigger, 'threshold' | 'idle'>, string> = {
  manual: 'a person or the application asked for it',
  overflow: 'the provider refused the prompt as too long',
  provider: "the provider's own rule",
};

/** `compact` or `do not compact`, as the engine decided. */
export function verdictWords({ triggered }: Decision): string {
  return triggered ? 'compact' : 'do not compact';
}

/** What came of a decision, where that is not the decision itself. */
export function consequence({ decision, record, state }: Run): string | undefined {
  if (record === undefined) {
    return state === 'running' ? 'It is under way.' : 'What came of it was not told.';
  }
  if (decision?.triggered !== true && record.outcome === 'noop_below') return undefined;
  const steps =
    record.steps === undefined || record.steps.length === 0 ? '' : `, by ${laddered(record.steps)}`;
  return `It ended as “${outcomeWords[record.outcome]}”${steps}.`;
}

function laddered(steps: readonly string[]): string {
  return steps.map((step) => step.replaceAll('_', ' ')).join(' → ');
}
