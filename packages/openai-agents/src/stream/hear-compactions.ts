import type { AgentItem, CompactionCompleted, Compactor } from '@clew/core';

export type Heard<TValue> = {
  readonly value: TValue;
  /** In order: what was prepared ahead and came into force, and what the call itself made. */
  readonly compactions: readonly CompactionCompleted[];
};

/** Does work for a call, and hears which compactions of its session that brings about. */
export async function hearCompactions<TValue>(
  { events }: Pick<Compactor<AgentItem>, 'events'>,
  sessionId: string,
  work: () => Promise<TValue>,
): Promise<Heard<TValue>> {
  const compactions: CompactionCompleted[] = [];
  const stop = events?.subscribe(
    (event) => {
      // Who asked by hand has been answered.
      if (event.type === 'context.compaction.completed' && event.phase !== 'manual') compactions.push(event);
    },
    { sessionId },
  );
  try {
    return { value: await work(), compactions };
  } finally {
    stop?.();
  }
}
