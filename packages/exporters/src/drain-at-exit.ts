import type { ClewSpanProcessor } from './clew-span-processor.ts';
import type { SinkLog } from './delivery/outage-log.ts';

export type DrainAtExitOptions = {
  /** Signals on which to send what is left, and then to end as the signal asks. Default: none; they are the host's. */
  readonly signals?: readonly NodeJS.Signals[];
  /** Told how many spans the end of the process takes with it. Default: nobody. */
  readonly log?: SinkLog;
};

/** One listener for all, however many there are: a process warns of more than ten. */
const watched = new Map<ClewSpanProcessor, SinkLog>();

/**
 * Sends what is left when the process runs out of work, which shuts the processor down, and says at its exit what
 * could not be sent. What a spool holds needs neither: it is on disk already. Returns what undoes it.
 */
export function drainAtExit(processor: ClewSpanProcessor, options: DrainAtExitOptions = {}): () => void {
  const { signals = [], log = () => {} } = options;
  const onSignal = (signal: NodeJS.Signals): void => {
    void end(signal);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    await processor.shutdown();
    stop();
    // Somebody else may listen too, and knows better when to end.
    if (process.listenerCount(signal) === 0) {
      process.kill(process.pid, signal);
    }
  };
  const stop = (): void => {
    watched.delete(processor);
    if (watched.size === 0) {
      process.off('beforeExit', drain);
      process.off('exit', report);
    }
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  };
  if (watched.size === 0) {
    process.on('beforeExit', drain);
    process.on('exit', report);
  }
  watched.set(processor, log);
  for (const signal of signals) {
    process.once(signal, onSignal);
  }
  return stop;
}

function drain(): void {
  // Once: it is called again when that has ended, and what could not be sent would keep the process for ever.
  process.off('beforeExit', drain);
  for (const processor of watched.keys()) {
    void processor.shutdown();
  }
}

function report(): void {
  for (const [processor, log] of watched) {
    for (const { name, pending, pendingOnDisk = 0, dropped } of processor.stats()) {
      const lost = pending - pendingOnDisk + (dropped.shutdown ?? 0);
      if (lost > 0) {
        log('warn', `[Clew] ${name}: the process ended before ${lost} spans were sent; they are lost.`);
      }
    }
  }
}
