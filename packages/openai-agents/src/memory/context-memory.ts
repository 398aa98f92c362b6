import type { CompactObserver, CompactResult, RunObserver } from '@clew/core';
import type { ProtectedMemory } from './protected-memory.ts';
import { rememberedContext } from './remembered-context.ts';
import type { RememberedContext } from './remembered-context.ts';

/**
 * An observer that remembers the latest run of each session, to answer what the model sees of it now. It holds on to
 * the items of the latest sessions, 100 by default.
 */
export class ContextMemory implements CompactObserver {
  readonly #results = new Map<string, CompactResult<unknown>>();
  readonly #protected: Pick<ProtectedMemory, 'labelOf'> | undefined;
  readonly #capacity: number;

  /** @param memory tells the labels of what is protected */
  constructor(memory?: Pick<ProtectedMemory, 'labelOf'>, capacity = 100) {
    this.#protected = memory;
    this.#capacity = capacity;
  }

  start(): RunObserver {
    return {
      tell: () => {},
      within: async (work) => work(),
      end: (result) => this.#note(result),
    };
  }

  /** The context of a session after its latest run; `undefined` where none is known. */
  whatIRemember(sessionId: string): RememberedContext | undefined {
    const result = this.#results.get(sessionId);
    return result && rememberedContext(result, { labelOf: (item) => this.#protected?.labelOf(item) });
  }

  /** The latest run of a session. */
  latest(sessionId: string): CompactResult<unknown> | undefined {
    return this.#results.get(sessionId);
  }

  #note(result: CompactResult<unknown>): void {
    this.#results.delete(result.sessionId);
    this.#results.set(result.sessionId, result);
    for (const oldest of this.#results.keys()) {
      if (this.#results.size <= this.#capacity) return;
      this.#results.delete(oldest);
    }
  }
}
