import { context as active } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';

/**
 * Iterates with `context` active inside of `start` and of every step of what it gives. An async generator runs in
 * the context of whoever asks for the next value, so to start it within the context is not enough.
 */
export async function* iterateWithin<TValue>(
  context: Context,
  start: () => AsyncIterable<TValue>,
): AsyncGenerator<TValue, void, undefined> {
  const iterator = active.with(context, () => start()[Symbol.asyncIterator]());
  let over = false;
  try {
    for (;;) {
      const step = await active.with(context, async () => iterator.next());
      if (step.done === true) {
        over = true;
        return;
      }
      yield step.value;
    }
  } catch (error) {
    over = true;
    throw error;
  } finally {
    // The consumer stopped early, so what is under way must stop too.
    if (!over) await active.with(context, async () => iterator.return?.());
  }
}
