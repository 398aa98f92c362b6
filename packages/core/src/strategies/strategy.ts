import type { StrategyName } from '../policy.ts';
import { briefStrategy } from './brief.ts';
import { codeDeltaStrategy } from './code-delta.ts';
import { decisionLogStrategy } from './decision-log.ts';
import { requirementsLedgerStrategy } from './requirements-ledger.ts';
import { stepLedgerStrategy } from './step-ledger.ts';
import { taskStateStrategy } from './task-state.ts';
import type { Template } from './template.ts';

const strategies: Readonly<Record<StrategyName, Template>> = {
  task_state: taskStateStrategy,
  brief: briefStrategy,
  decision_log: decisionLogStrategy,
  code_delta: codeDeltaStrategy,
  step_ledger: stepLedgerStrategy,
  requirements_ledger: requirementsLedgerStrategy,
};

export function strategyOf(name: StrategyName): Template {
  return strategies[name];
}
