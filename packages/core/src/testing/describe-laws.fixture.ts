import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { writers } from './histories.fixture.ts';
import { playScenario } from './play-scenario.fixture.ts';
import type { AnyDialect } from './play-scenario.fixture.ts';
import { scenarios } from './scenario.fixture.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** How many random histories a property has tried. */
    histories?: number;
  }
}

/** Random histories in one run of the suite, over all four dialects. `pnpm properties` tries ten times as many. */
const total = Number(process.env['CLEW_LAW_HISTORIES'] ?? 10_000);

/** The laws of the engine over random sessions in one dialect, which tries its quarter of the histories. */
export function describeLaws(name: keyof typeof writers, dialect: AnyDialect): void {
  const numRuns = Math.ceil(total / 4);

  describe(`whatever happens to a session in the dialect ${name}`, () => {
    it(
      'every law holds at every call',
      async ({ task }) => {
        let histories = 0;
        let calls = 0;
        let changed = 0;
        await fc.assert(
          fc.asyncProperty(scenarios, async (scenario) => {
            const played = await playScenario(scenario, name, dialect);
            histories += 1;
            calls += played.calls;
            changed += played.changed;
            expect(played.broken).toEqual([]);
          }),
          // A counterexample is shortened for as long as there is time.
          { numRuns, interruptAfterTimeLimit: 50_000 + 350 * numRuns, markInterruptAsFailure: true },
        );
        task.meta.histories = histories;
        expect(histories).toBe(numRuns);
        // Laws about compactions say nothing where none happens.
        expect(changed).toBeGreaterThan(calls / 20);
      },
      60_000 + 400 * numRuns,
    );
  });
}
