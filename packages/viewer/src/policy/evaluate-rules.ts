import type { Run } from '@clew/trace-model';
import { formatCount } from '../format/tokens.ts';
import { decidedBy } from './decision-words.ts';
import { comparedShares, numberIn, type Decision } from './policy-field.ts';

/** A rule of the policy with the operands of one decision put into it. */
export type EvaluatedRule = {
  readonly name: string;
  readonly expression: string;
  /** `undefined` where an operand was not recorded. */
  readonly holds: boolean | undefined;
  /** What follows where it holds. */
  readonly effect: 'compact' | 'hold back';
  readonly note?: string;
};

/** Every rule that had a say in a run's decision, in the order in which the engine asks them. */
export function evaluateRules(run: Run): readonly EvaluatedRule[] {
  const { decision } = run;
  if (decision === undefined) return [];
  if (decision.trigger !== 'threshold' && decision.trigger !== 'idle') {
    const expression = decidedBy[decision.trigger];
    return [{ name: 'asked for', expression, holds: true, effect: 'compact' }];
  }
  return [
    ...tokenBudget(decision),
    threshold(decision),
    ...tokensLeft(decision),
    ...counted(run, decision),
    ...whileCold(run, decision, 'idle_trigger_pct', 'idle'),
    ...whileCold(run, decision, 'soft_trigger_pct', 'soft threshold'),
    ...ownRule(decision),
    ...cooldown(decision),
    ...breaker(run),
  ];
}

function threshold({ t_est, window, policy: { trigger_pct } }: Decision): EvaluatedRule {
  const { limit, reserve, trigger } = window;
  const isPulledDown = trigger < Math.floor(limit * trigger_pct);
  const pulledTo = limit === 0 ? 0 : trigger / limit;
  const [usage, bound] = comparedShares(
    limit === 0 ? 0 : t_est / limit,
    isPulledDown ? pulledTo : trigger_pct,
  );
  const holds = t_est >= trigger;
  return {
    name: 'threshold',
    expression: `usage ${usage} ${holds ? '≥' : '<'} trigger ${bound}`,
    holds,
    effect: 'compact',
    note: `${formatCount(t_est)} of ${formatCount(limit)} tokens; it fires from ${formatCount(trigger)} on${
      isPulledDown
        ? `, pulled down from ${trigger_pct} by ${trigger === limit - reserve ? `the reserve of ${formatCount(reserve)}` : 'the token budget'}`
        : ''
    }`,
  };
}

function tokenBudget({ t_est, policy }: Decision): readonly EvaluatedRule[] {
  const budget = numberIn(policy, 'token_budget');
  if (budget === undefined) return [];
  return [compared('token budget', 'estimate', t_est, '≥', budget, t_est >= budget)];
}

function tokensLeft({ t_est, window, policy }: Decision): readonly EvaluatedRule[] {
  const bound = numberIn(policy, 'trigger_tokens_left');
  if (bound === undefined) return [];
  const left = window.limit - window.reserve - t_est;
  return [compared('tokens left', 'left of the budget', left, '<', bound, left < bound)];
}

/** Turns are not recorded, so that only the engine's own word tells of them. */
function counted({ record }: Run, decision: Decision): readonly EvaluatedRule[] {
  const turns = numberIn(decision.policy, 'trigger_turns');
  const items = numberIn(decision.policy, 'window_size');
  const met = record?.count.before;
  return [
    ...(turns === undefined
      ? []
      : [compared('turns', 'turns', undefined, '>', turns, told(decision, 'turns'))]),
    ...(items === undefined
      ? []
      : [
          compared(
            'window size',
            'items',
            met,
            '>',
            items,
            met === undefined ? told(decision, 'window_size') : met > items,
          ),
        ]),
  ];
}

function whileCold(
  { record }: Run,
  decision: Decision,
  field: string,
  name: string,
): readonly EvaluatedRule[] {
  const share = numberIn(decision.policy, field);
  if (share === undefined) return [];
  const { t_est, window } = decision;
  const isFull = t_est >= Math.floor(window.limit * share);
  const [usage, bound] = comparedShares(window.limit === 0 ? 0 : t_est / window.limit, share);
  const cache = record?.cache?.state;
  const isCold = cache === undefined ? told(decision, name.replace(' ', '_')) : cache === 'cold';
  return [
    {
      name,
      expression: `usage ${usage} ${isFull ? '≥' : '<'} ${bound} and the cache is cold (${cache ?? 'not told'})`,
      holds: isFull ? isCold : false,
      effect: 'compact',
    },
  ];
}

const ruleNames = new Set([
  'threshold',
  'token_budget',
  'tokens_left',
  'turns',
  'window_size',
  'idle',
  'soft_threshold',
]);

/** A rule of the application's own has no operands here but the engine's words. */
function ownRule({ rule, reason }: Decision): readonly EvaluatedRule[] {
  if (rule === undefined || ruleNames.has(rule)) return [];
  return [{ name: rule, expression: reason, holds: true, effect: 'compact' }];
}

function cooldown({ reason, policy }: Decision): readonly EvaluatedRule[] {
  const calls = numberIn(policy, 'cooldown_calls');
  if (calls === undefined) return [];
  const holds = reason.startsWith('cooling down');
  const expression = holds ? reason : `not more than ${formatCount(calls)} calls since the last compaction`;
  return [{ name: 'cooldown', expression, holds, effect: 'hold back' }];
}

function breaker({ record, callIndex }: Run): readonly EvaluatedRule[] {
  if (record?.thrash === undefined) return [];
  const { breaker: state, compactions, calls, retry_at_call } = record.thrash;
  return [
    {
      name: 'thrash breaker',
      expression: `${formatCount(compactions)} compactions in ${formatCount(calls)} calls: the breaker is ${state.replace('_', ' ')}`,
      holds: state === 'open' && callIndex < retry_at_call,
      effect: 'hold back',
      note: `it is tried again at call ${formatCount(retry_at_call)}`,
    },
  ];
}

/** Where nothing fired at all, no rule held; else only the rule that is named is known to. */
function told({ triggered, rule }: Decision, name: string): boolean | undefined {
  if (rule === name) return true;
  return !triggered && rule === undefined ? false : undefined;
}

function compared(
  name: string,
  what: string,
  value: number | undefined,
  sign: '≥' | '>' | '<',
  bound: number,
  holds: boolean | undefined,
): EvaluatedRule {
  const opposite = { '≥': '<', '>': '≤', '<': '≥' }[sign];
  const left = value === undefined ? `${what} (not told)` : `${what} ${formatCount(value)}`;
  const expression = `${left} ${holds === false && value !== undefined ? opposite : sign} ${formatCount(bound)}`;
  return { name, expression, holds, effect: 'compact' };
}
