import type { Engine } from './engine.ts';
import { inSlices } from './in-slices.ts';

/** Reads and counts items before they are measured, in slices: what is remembered then need not be counted at once. */
export async function warmUp<TItem>(
  { counter, inspector }: Pick<Engine<TItem>, 'counter' | 'inspector'>,
  items: readonly TItem[],
  signal?: AbortSignal,
): Promise<void> {
  if (items.length === 0) return;
  await counter.prepare?.(signal);
  await inSlices(inspectEach(inspector, items), signal);
}

function* inspectEach<TItem>(
  { inspectInSteps }: Engine<TItem>['inspector'],
  items: readonly TItem[],
): Generator<void, void> {
  for (const item of items) {
    yield* inspectInSteps(item);
    yield;
  }
}
