/** The longest that the end of a span may hold the agent, whatever happens to the spans, in milliseconds. */
const maxHeldMillis = 5;

/**
 * How long the agent was held by each of its calls, told apart from what a crowded machine does to any program:
 *
 * - What a call worked is its CPU time, which other processes cannot lengthen. One call in twenty is left out: in it falls
 *   what the garbage collector or the compiler had to do.
 * - What a call waited for (an answer, a lock, an attempt, a full queue) takes no CPU, but would meet every call for as
 *   long as the fault lasts, while the machine stalls now and then. So of the time on the clock the median counts.
 */
export class PromptCalls {
  readonly #worked: number[] = [];
  readonly #taken: number[] = [];

  call(work: () => void): void {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    work();
    this.#taken.push(performance.now() - startedAt);
    const { user, system } = process.cpuUsage(cpu);
    this.#worked.push((user + system) / 1000);
  }

  get arePrompt(): boolean {
    return atShare(this.#worked, 0.95) < maxHeldMillis && atShare(this.#taken, 0.5) < maxHeldMillis;
  }
}

function atShare(millis: readonly number[], share: number): number {
  const ascending = millis.toSorted((left, right) => left - right);
  return ascending[Math.ceil(ascending.length * share) - 1] ?? 0;
}
