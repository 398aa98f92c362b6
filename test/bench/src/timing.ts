/** Of the samples of one piece of work, in milliseconds. */
export type Timing = {
  readonly medianMillis: number;
  readonly minMillis: number;
  readonly p95Millis: number;
};

/** Times each piece of work in turn, so that both sides of a pair meet the same noise. */
export async function timePairs(
  rounds: number,
  works: readonly ((round: number) => unknown)[],
): Promise<readonly Timing[]> {
  const samples: number[][] = works.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) {
      const startedAt = performance.now();
      await work(round);
      samples[index]?.push(performance.now() - startedAt);
    }
  }
  return samples.map(timingOf);
}

export function timingOf(samples: readonly number[]): Timing {
  return {
    medianMillis: quantile(samples, 0.5),
    minMillis: quantile(samples, 0),
    p95Millis: quantile(samples, 0.95),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
