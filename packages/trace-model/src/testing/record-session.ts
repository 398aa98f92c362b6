import { GenAi } from '@clew/semconv';
import type { Span } from '../span.ts';
import { infer } from './simulate-inference.ts';
import { preflight } from './simulate-preflight.ts';
import { createSimulation, type SessionScript, type Simulation } from './simulation.ts';

/** The session's spans, in the order of their ends: children before their parents, as they arrive. */
export function recordSession(script: SessionScript = {}): readonly Span[] {
  const simulation = createSimulation(script);
  const { calls, callsPerTurn, isUnfinished } = simulation.script;
  for (let index = 1; index <= calls; index += 1) {
    if ((index - 1) % callsPerTurn === 0) beginTurn(simulation, index);
    infer(simulation, index, preflight(simulation, index, 'threshold'));
    if (index % callsPerTurn === 0 || index === calls) endTurn(simulation);
  }
  if (isUnfinished) {
    beginTurn(simulation, calls + 1);
    preflight(simulation, calls + 1, 'manual');
  }
  return simulation.recorder.spans();
}

function beginTurn(simulation: Simulation, index: number): void {
  simulation.traceId = simulation.random.hex(32);
  simulation.rootId = simulation.recorder.newId();
  simulation.rootStart = simulation.clock;
  simulation.context.push(simulation.items.ask(Math.floor(index / simulation.script.callsPerTurn)));
}

function endTurn(simulation: Simulation): void {
  simulation.context.push(simulation.items.answer());
  simulation.recorder.other(
    'invoke_agent',
    { [GenAi.operationName]: 'invoke_agent', [GenAi.agentName]: simulation.script.agent },
    { id: simulation.rootId, start: simulation.rootStart, end: simulation.clock },
  );
  simulation.clock += simulation.random.between(8_000, 90_000);
}
