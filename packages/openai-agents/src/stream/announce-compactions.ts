import { memoryCompactedOf } from '@clew/core';
import type { CompactionCompleted } from '@clew/core';
import type { StreamEvent } from '@openai/agents-core';

/** Who made an event of a stream, where it is not the model. */
export const COMPACT_SOURCE = 'compact';

/** Puts compactions on the streams of the calls that they were made for, each once. */
export class CompactionAnnouncer {
  readonly #told = new WeakSet<CompactionCompleted>();
  readonly #isOn: boolean;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** What is to be told now. An event of the model's own must have come before: until then the runner may try again. */
  take(compactions: readonly CompactionCompleted[] = []): readonly StreamEvent[] {
    if (!this.#isOn) return [];
    const news = compactions.filter((compaction) => !this.#told.has(compaction));
    for (const compaction of news) this.#told.add(compaction);
    return news.map(streamEventOf);
  }
}

function streamEventOf(compaction: CompactionCompleted): StreamEvent {
  return {
    type: 'model',
    event: memoryCompactedOf(compaction),
    providerData: { rawModelEventSource: COMPACT_SOURCE },
  };
}
