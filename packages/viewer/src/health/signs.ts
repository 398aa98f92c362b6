import { healthOf, type HealthSign, type Session } from '@clew/trace-model';
import { formatCount } from '../format/tokens.ts';
import { plural } from '../words.ts';
import type { Finding, HealthRule } from './finding.ts';

type SignRule = HealthSign['rule'];

/** Rules over the signs that the model finds in the records: each says one of them, and what to do about it. */
export const signRules: readonly HealthRule[] = [
  signRule(
    'unaccounted',
    'bad',
    ({ count }) => `${plural(count, 'compaction')} with sums that do not add up.`,
    'See which items have no fate, and report it: the engine should never do this.',
  ),
  signRule(
    'failed',
    'bad',
    ({ count }) => `${plural(count, 'attempt')} to compact failed or never ended.`,
    'Read the error of the attempt, and check the summariser.',
  ),
  signRule(
    'over_budget',
    'bad',
    ({ count }) => `${plural(count, 'prompt')} stayed over budget after everything that may leave had left.`,
    'Protect less, keep fewer recent turns, or use a model with a larger window.',
  ),
  signRule(
    'thrash',
    'warn',
    ({ count }) =>
      `Compacting has stopped to help: the engine holds back after ${plural(count, 'compaction')}.`,
    'Lower the target, so that each compaction frees more, or start a new session.',
  ),
  signRule(
    'eroded',
    'warn',
    ({ count }) =>
      `Facts that had been carried on were evicted after all, ${count === 1 ? 'once' : `${formatCount(count)} times`}.`,
    'Give the fact sheet more tokens, or protect what must not be lost.',
  ),
  signRule(
    'fallback',
    'warn',
    ({ count }) => `${plural(count, 'compaction')} went without the summary that was wanted.`,
    'Check the summariser: its model, its time limit and its errors.',
  ),
  signRule(
    'held_back',
    'plain',
    ({ count }) => `${plural(count, 'compaction')} held back: there was too little to gain.`,
    'Nothing, so long as the provider takes the prompts.',
  ),
];

function signRule(
  id: SignRule,
  weight: Finding['weight'],
  words: (sign: HealthSign) => string,
  action: string,
): HealthRule {
  const find = (session: Session, threshold: number): Finding | undefined => {
    const sign = healthOf(session).find(({ rule }) => rule === id);
    if (sign === undefined || sign.count < threshold) return undefined;
    return { rule: id, weight, says: words(sign), action, runId: sign.runId };
  };
  return { id, threshold: 1, find };
}
