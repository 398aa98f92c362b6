/** How long a slice may hold the event loop, in milliseconds. */
const sliceMillis = 4;

/**
 * Runs work that stops for breath at each `yield`, and lets the event loop go on whenever it has held it too long.
 * It ends early where `signal` is aborted. @returns what the work returned; `undefined` where it was ended early
 */
export async function inSlices<TValue>(
  work: Iterator<void, TValue>,
  signal?: AbortSignal,
): Promise<TValue | undefined> {
  let startedAt = performance.now();
  let wasCut = false;
  for (;;) {
    if (signal?.aborted === true) return undefined;
    const step = work.next();
    if (step.done === true) {
      // What comes next gets a slice of its own.
      if (wasCut) await nextTask();
      return step.value;
    }
    if (performance.now() - startedAt < sliceMillis) continue;
    wasCut = true;
    await nextTask();
    startedAt = performance.now();
  }
}

/**
 * For work that is done in parts: lets the event loop go on before a part, where the parts before it have held it
 * too long. The first breath is always taken, for nobody knows what came before.
 */
export function createBreather(): () => Promise<void> {
  let startedAt = -Infinity;
  return async () => {
    if (performance.now() - startedAt < sliceMillis) return;
    await nextTask();
    startedAt = performance.now();
  };
}

/** The same work in one go. */
export function atOnce<TValue>(work: Iterator<void, TValue>): TValue {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** A message is a task of its own, and unlike a timer it does not wait. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(undefined);
  });
}
