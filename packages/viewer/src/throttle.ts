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

/** Work that takes long is done more rarely: it may fill this share of the time. */
const share = 1 / 8;

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
      next = start + Math.max(interval, (clock.now() - start) / share);
    });
  };
}
