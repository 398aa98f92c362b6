import type { RunRecord } from '@clew/semconv';
import type { RunFacts } from './run-record.ts';
import type { Simulation } from './simulation.ts';
import type { recordBase } from './span-recorder.ts';

/** One run as it goes on: its span, and what all of its records share. */
export type RunInProgress = {
  readonly id: string;
  readonly spanId: string;
  readonly start: number;
  readonly base: ReturnType<typeof recordBase>;
  readonly facts: (outcome: RunFacts['outcome']) => Omit<RunFacts, 'rows'>;
};

/** Records the run's own span, which arrives after its steps. */
export function endRun(simulation: Simulation, run: RunInProgress, record: RunRecord): void {
  simulation.recorder.compact('compact.run', record, {
    id: run.spanId,
    parentId: simulation.rootId,
    start: run.start,
    end: simulation.clock,
  });
}
