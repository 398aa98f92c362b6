import type { LifecycleEvents } from '../events/lifecycle-events.ts';
import { LIFECYCLE_VERSION } from '../events/lifecycle-event.ts';
import type { LifecycleEvent } from '../events/lifecycle-event.ts';
import { memoryCompactedOf } from '../events/memory-compacted.ts';
import { withinTime } from '../until-aborted.ts';
import { linesOfStanding } from './lines-of-context.ts';
import type { LogState, LoggedContent } from './lines-of-context.ts';
import { RunLogReplay } from './replay-run-log.ts';
import type { RunLog } from './run-log.ts';
import type { RunLogLine } from './run-log-line.ts';
import type { Standing } from './standing.ts';

export type RunLogOptions = {
  readonly log: RunLog;
  /** What of an item is written down: nothing where it gives `undefined`. Default: all of it. */
  readonly content?: LoggedContent | undefined;
  /** Told of lines that could not be written. What they told of is told again by the next that can be. */
  readonly onError?: ((error: unknown) => void) | undefined;
};

/** What is known of a log, and where it ended then. */
type KnownLog = LogState & { end: string };
type Task = (state: LogState) => readonly RunLogLine[];

/** What is to be done, one after the other. */
type SessionWork = { waiting: number; last: Promise<void> };

/** How long an append may take, in milliseconds. */
const limitMillis = 10_000;
/** What waits for a log that hangs, and how many sessions' ids are held. */
const maxWaiting = 1000;
const maxSessions = 256;

/**
 * Writes what happens in sessions down, in order, behind the calls: none of them waits. What a log has already is not
 * written again, whichever process wrote it.
 */
export class RunLogWriter {
  readonly #options: RunLogOptions;
  readonly #states = new Map<string, KnownLog>();
  /** What is to be done for each session, one after the other. */
  readonly #work = new Map<string, SessionWork>();
  readonly #stop: () => void;

  constructor(options: RunLogOptions, events: LifecycleEvents) {
    this.#options = options;
    this.#stop = events.subscribe((event) => this.#enqueue(event.session_id, () => [lineOf(event)]));
  }

  /** @param at in epoch milliseconds */
  stands(sessionId: string, standing: Standing, at: number): void {
    const head = { schema_version: LIFECYCLE_VERSION, at: new Date(at).toISOString(), session_id: sessionId };
    const { content = (item: unknown) => item } = this.#options;
    this.#enqueue(sessionId, (state) => linesOfStanding(state, standing, head, content));
  }

  /** When all that was told so far is written, or has failed. */
  async flush(): Promise<void> {
    await Promise.all([...this.#work.values()].map(({ last }) => last));
  }

  /** Events are written no more. */
  close(): void {
    this.#stop();
  }

  #enqueue(sessionId: string, task: Task): void {
    const work = this.#work.get(sessionId) ?? { waiting: 0, last: Promise.resolve() };
    if (work.waiting >= maxWaiting) {
      this.#fail(
        sessionId,
        new Error(`The run log ${this.#options.log.name} is too slow: lines were left out.`),
      );
      return;
    }
    work.waiting += 1;
    this.#work.set(sessionId, work);
    work.last = this.#carryOut(sessionId, task, work);
  }

  async #carryOut(sessionId: string, task: Task, work: SessionWork): Promise<void> {
    await work.last;
    try {
      await this.#write(sessionId, task);
    } catch (error) {
      this.#fail(sessionId, error);
    }
    work.waiting -= 1;
    if (work.waiting === 0) this.#work.delete(sessionId);
  }

  async #write(sessionId: string, task: Task): Promise<void> {
    const { log } = this.#options;
    await withinTime(limitMillis, undefined, async (signal) => {
      const end = await log.end(sessionId, signal);
      const known = this.#states.get(sessionId);
      const state = known?.end === end ? known : await this.#recall(sessionId, end, signal);
      const lines = task(state);
      this.#remember(sessionId, state);
      if (lines.length > 0) state.end = await log.append(sessionId, lines, signal);
    });
  }

  /** Where the log stands: another process, or one before this, has written. */
  async #recall(sessionId: string, end: string, signal: AbortSignal): Promise<KnownLog> {
    const replay = new RunLogReplay();
    for await (const line of this.#options.log.read(sessionId, signal)) replay.push(line);
    return { ids: replay.conversation.map(({ id }) => id), splice: replay.splice, end };
  }

  #remember(sessionId: string, state: KnownLog): void {
    this.#states.delete(sessionId);
    this.#states.set(sessionId, state);
    const [oldest] = this.#states.keys();
    if (this.#states.size > maxSessions && oldest !== undefined) this.#states.delete(oldest);
  }

  #fail(sessionId: string, error: unknown): void {
    // What was not written is found missing when the log is read anew.
    this.#states.delete(sessionId);
    try {
      this.#options.onError?.(error);
    } catch {
      // Who is told of trouble must not make more of it.
    }
  }
}

function lineOf(event: LifecycleEvent): RunLogLine {
  return event.type === 'context.compaction.completed' ? memoryCompactedOf(event) : event;
}
