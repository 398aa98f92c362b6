import type { RunStreamEvent } from '@openai/agents-core';

/** A streamed run of the SDK, or anything that gives its events. */
export type StreamedRun = AsyncIterable<RunStreamEvent> & {
  /** The SDK's own: cancelled, it ends the run at once, also while nothing comes. */
  readonly toStream?: (() => object) | undefined;
};

export type RunReader = {
  /** `undefined` at the end. Rejects where the run fails. */
  next(): Promise<RunStreamEvent | undefined>;
  /** Gives the run up. Never rejects. */
  cancel(reason: unknown): Promise<void>;
};

/** An iterator of a stream is told to stop only once it has the next value: a reader of it at once. */
export function readerOf(run: StreamedRun): RunReader {
  const stream = run.toStream?.();
  if (stream instanceof ReadableStream) {
    const reader = (stream as ReadableStream<RunStreamEvent>).getReader();
    return {
      next: async () => (await reader.read()).value,
      cancel: async (reason) => reader.cancel(reason).catch(() => {}),
    };
  }
  const iterator = run[Symbol.asyncIterator]();
  return {
    next: async () => {
      const step = await iterator.next();
      return step.done === true ? undefined : step.value;
    },
    cancel: async () => {
      await Promise.resolve(iterator.return?.()).catch(() => {});
    },
  };
}
