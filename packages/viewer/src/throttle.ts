/** What is needed of time; milliseconds. */
export type Clock = {
  readonly now: () => number;
  readonly after: (millis: number, work: () => void) => void;
};

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (millis, work) => {
    setTimeout(work, millis);
  },
};

/** Between two changes that a reader sees, in milliseconds: what an eye can follow, and a chart can draw. */
const interval = 250;

/** Work that takes long is done more rarely: it may fill this share of the time, but nobody waits longer than so many milliseconds. */
const share = 1 / 4;
const longest = 1_000;

/** Does `work` soon after each call, never more than four times a second, and less often where it takes long. */
export function throttle(work: () => void, clock: Clock): () => void {
  let isScheduled = false;
  let next = -Infinity;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    clock.after(Math.max(0, next - clock.now()), () => {
      isScheduled = false;
      const start = clock.now();
      work();
      const took = clock.now() - start;
      next = start + took + Math.min(longest, Math.max(interval - took, took / share - took));
    });
  };
}
