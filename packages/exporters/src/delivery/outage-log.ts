import { diag } from '@opentelemetry/api';
import type { DropReason } from './sink-stats.ts';

/** Where a sink tells of trouble. It may throw; nothing comes of it. */
export type SinkLog = (
  level: 'info' | 'warn' | 'error',
  text: string,
  ...details: readonly unknown[]
) => void;

const toDiag: SinkLog = (level, text, ...details) => diag[level](text, ...details);

/** Tells of trouble, through OTel's `diag` unless told otherwise: once when it begins, once when it is over, never for each span. */
export class OutageLog {
  readonly #prefix: string;
  readonly #log: SinkLog;
  #failures = 0;
  readonly #told = new Set<DropReason>();
  #isSpoolTold = false;

  constructor(prefix: string, log: SinkLog = toDiag) {
    this.#prefix = prefix;
    this.#log = log;
  }

  /** A delivery failed and will be tried again. */
  failed(what: string): void {
    this.#failures += 1;
    if (this.#failures === 1) {
      this.#say('warn', `${what}. Spans are kept and sent again; this is said once.`);
    }
  }

  recovered(): void {
    if (this.#failures > 0) {
      this.#say('info', `delivering again after ${this.#failures} failed attempts.`);
      this.#failures = 0;
    }
  }

  /** Something will not arrive. Each reason is told once; stats() counts them all. */
  dropped(reason: DropReason, what: string): void {
    if (!this.#told.has(reason)) {
      this.#told.add(reason);
      this.#say('warn', `dropped (${reason}): ${what}. Further ones are only counted, see stats().`);
    }
  }

  /** The disk does not take, or give, what it should. Told once. */
  spoolFailed(error: unknown): void {
    if (!this.#isSpoolTold) {
      this.#isSpoolTold = true;
      this.#say('warn', 'the spool on disk fails; spans are kept in memory alone. This is said once:', error);
    }
  }

  /** The end of a file of the spool is not whole, as after a crash. */
  torn(path: string, bytes: number): void {
    this.#say('info', `${path} ends in ${bytes} bytes that are no whole record; they are left out.`);
  }

  /** Something that must not happen did. */
  broken(error: unknown): void {
    this.#say('error', 'failed inside', error);
  }

  /** The host's logger may throw; that must not stop a delivery. */
  #say(level: 'info' | 'warn' | 'error', text: string, ...details: readonly unknown[]): void {
    try {
      this.#log(level, `${this.#prefix} ${text}`, ...details);
    } catch {
      // There is nobody left to tell.
    }
  }
}
