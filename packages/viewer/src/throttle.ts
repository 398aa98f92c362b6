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

/** Does `work` soon after each call, and never more than four times a second. */
export function throttle(work: () => void, clock: Clock): () => void {
  let isScheduled = false;
  let last = -Infinity;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    clock.after(Math.max(0, last + interval - clock.now()), () => {
      isScheduled = false;
      last = clock.now();
      work();
    });
  };
}
