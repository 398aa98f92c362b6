import { diag } from '@opentelemetry/api';
import type { DropReason } from './sink-stats.ts';

/** Tells of trouble through OTel's `diag`: once when it begins, once when it is over, never for each span. */
export class OutageLog {
  readonly #prefix: string;
  #failures = 0;
  readonly #told = new Set<DropReason>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** A delivery failed and will be tried again. */
  failed(what: string): void {
    this.#failures += 1;
    if (this.#failures === 1) {
      this.#say('warn', `${what}. Spans are kept in memory and sent again; this is said once.`);
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

  /** Something that must not happen did. */
  broken(error: unknown): void {
    this.#say('error', 'failed inside', error);
  }

  /** The host's logger may throw; that must not stop a delivery. */
  #say(level: 'info' | 'warn' | 'error', text: string, ...details: readonly unknown[]): void {
    try {
      diag[level](`${this.#prefix} ${text}`, ...details);
    } catch {
      // There is nobody left to tell.
    }
  }
}
