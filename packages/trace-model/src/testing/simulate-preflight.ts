import type { Trigger } from '@clew/semconv';
import { buildRunRecord } from './run-record.ts';
import { endRun, type RunInProgress } from './run-in-progress.ts';
import { quietMeasures } from './simulated-measures.ts';
import { keep } from './simulated-cut.ts';
import { cut } from './simulate-cut.ts';
import { fixed, pass, promptTokens, sumTokens, type Simulation } from './simulation.ts';
import { recordBase } from './span-recorder.ts';

/** Records one `compact.run` with its steps; returns its span id where the context changed. */
export function preflight(simulation: Simulation, callIndex: number, trigger: Trigger): string | undefined {
  const run = beginRun(simulation, callIndex, trigger);
  const triggered = trigger === 'manual' || promptTokens(simulation) >= simulation.window.trigger;
  recordEstimate(simulation, run);
  recordDecision(simulation, run, trigger, triggered);
  if (triggered && trigger !== 'manual' && mustTimeOut(simulation)) {
    timeOut(simulation, run);
    return undefined;
  }
  if (triggered) return cut(simulation, run, trigger !== 'manual');
  const measures = quietMeasures(simulation, callIndex);
  endRun(
    simulation,
    run,
    buildRunRecord({ ...run.facts('noop_below'), rows: simulation.context.map(keep), measures }),
  );
  return undefined;
}

function beginRun(simulation: Simulation, callIndex: number, trigger: Trigger): RunInProgress {
  const { sessionId, agent, basis } = simulation.script;
  const id = `run-${sessionId}-${callIndex}`;
  return {
    id,
    spanId: simulation.recorder.newId(),
    start: simulation.clock,
    base: recordBase(id, sessionId, callIndex),
    facts: (outcome) => {
      const { sequence, window, gone, summary } = simulation;
      const phase = trigger === 'manual' ? 'manual' : 'preflight';
      const shared = {
        id,
        sessionId,
        callIndex,
        sequence,
        outcome,
        window,
        fixed,
        gone,
        agent,
        basis,
        trigger,
        phase,
      };
      return summary === undefined ? shared : { ...shared, summary };
    },
  };
}

function recordEstimate(simulation: Simulation, run: RunInProgress): void {
  const { context, script } = simulation;
  const tokens = promptTokens(simulation);
  simulation.recorder.compact(
    'compact.token_estimate',
    {
      ...run.base,
      model: 'gpt-5.2',
      t_est: tokens,
      max_tokens: script.limit,
      usage_pct: tokens / script.limit,
      basis: script.basis,
      breakdown: {
        system: fixed.system,
        developer: fixed.developer,
        tools_schema: fixed.tools,
        memory: 0,
        messages: sumTokens(context),
        user_input: 0,
      },
      categories: buildRunRecord({ ...run.facts('noop_below'), rows: context.map(keep) }).before,
    },
    { parentId: run.spanId, ...pass(simulation, 3) },
  );
}

function recordDecision(
  simulation: Simulation,
  run: RunInProgress,
  trigger: Trigger,
  triggered: boolean,
): void {
  const { window } = simulation;
  const tokens = promptTokens(simulation);
  const side = tokens < window.trigger ? 'below' : 'at or over';
  simulation.recorder.compact(
    'compact.trigger_decision',
    {
      ...run.base,
      triggered,
      trigger,
      reason:
        trigger === 'manual' ? 'user asked' : `${tokens} tokens are ${side} the trigger of ${window.trigger}`,
      t_est: tokens,
      window,
      policy: { trigger_pct: 0.85, hard_cap_buffer: 1_500, strategy: 'task_state', keep_recent_turns: 6 },
    },
    { parentId: run.spanId, ...pass(simulation, 1) },
  );
}

function mustTimeOut({ script, sequence, timeouts }: Simulation): boolean {
  return sequence + 1 === script.timeoutBefore && timeouts === 0;
}

function timeOut(simulation: Simulation, run: RunInProgress): void {
  simulation.timeouts += 1;
  simulation.recorder.compact(
    'compact.error',
    {
      ...run.base,
      error_type: 'timeout',
      message: 'The summariser did not answer within 20 s.',
      fallback: 'original-items',
      attempt: 1,
    },
    { parentId: run.spanId, ...pass(simulation, 20_000) },
  );
  const advice = 'The summariser was too slow. The items were sent unchanged; the next call tries again.';
  const rows = simulation.context.map(keep);
  endRun(simulation, run, buildRunRecord({ ...run.facts('timeout'), rows, withLedger: true, advice }));
}
