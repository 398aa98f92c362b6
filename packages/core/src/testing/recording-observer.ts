import type { CompactObserver, RunObserver, RunStart, Settled } from '../observer.ts';
import type { CompactResult } from '../result.ts';
import type { Step } from '../step.ts';

export type RecordedRun = {
  readonly start: RunStart;
  readonly steps: readonly Step[];
  readonly result: CompactResult<unknown> | undefined;
};

/** Records every run, in order; strict: a step after the end is an error. */
export class RecordingObserver implements CompactObserver {
  readonly #runs: { start: RunStart; steps: Step[]; result: CompactResult<unknown> | undefined }[] = [];

  get runs(): readonly RecordedRun[] {
    return this.#runs;
  }

  start(start: RunStart): RunObserver {
    const run: { start: RunStart; steps: Step[]; result: CompactResult<unknown> | undefined } = {
      start,
      steps: [],
      result: undefined,
    };
    this.#runs.push(run);
    const tell = (step: Step) => {
      if (run.result !== undefined)
        throw new Error(`Step ${step.name} came after the end of run ${start.id}.`);
      run.steps.push(step);
    };
    return {
      tell,
      within: async <TValue>(work: () => Promise<Settled<TValue>>) => {
        const settled = await work();
        tell(settled.step);
        return settled;
      },
      end: (result) => {
        if (run.result !== undefined) throw new Error(`Run ${start.id} has ended twice.`);
        run.result = result;
      },
    };
  }
}
