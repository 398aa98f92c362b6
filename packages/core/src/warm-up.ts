import type { Engine } from './engine.ts';
import { hasFactSheet } from './facts/has-fact-sheet.ts';
import { inSlices } from './in-slices.ts';

type Readers<TItem> = Pick<Engine<TItem>, 'counter' | 'inspector' | 'policy' | 'telling'>;

/**
 * Reads and counts items before they are measured, in slices: what is remembered then need not be counted at once.
 * The facts that they tell are read now, too, so that a compaction has not to read the whole history for them.
 */
export async function warmUp<TItem>(
  engine: Readers<TItem>,
  items: readonly TItem[],
  signal?: AbortSignal,
): Promise<void> {
  if (items.length === 0) return;
  await engine.counter.prepare?.(signal);
  await inSlices(inspectEach(engine, items), signal);
}

function* inspectEach<TItem>(
  { inspector, policy, telling }: Readers<TItem>,
  items: readonly TItem[],
): Generator<void, void> {
  const hasSheet = hasFactSheet(policy);
  for (const item of items) {
    const { view } = yield* inspector.inspectInSteps(item);
    yield;
    if (!hasSheet) continue;
    yield* telling.read(view);
    yield;
  }
}
