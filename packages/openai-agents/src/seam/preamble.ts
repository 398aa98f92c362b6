import type { StreamEvent } from '@openai/agents-core';

/**
 * What OpenAI sends on a stream before it knows whether the prompt fits: that a response was made, and then perhaps
 * that it failed. Nothing of that is part of an answer.
 */
const openings: ReadonlySet<unknown> = new Set([
  'response.created',
  'response.queued',
  'response.in_progress',
  'response.failed',
  'response.error',
  'error',
]);

/**
 * Holds the opening of a stream back until the first event of an answer, so that a refusal which comes as an event
 * can be answered by another request.
 */
export class Preamble {
  readonly #held: StreamEvent[] = [];
  #isOver = false;

  /** Whether something was passed on. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** What to pass on now. */
  pass(event: StreamEvent): readonly StreamEvent[] {
    if (!this.#isOver && isOpening(event)) {
      this.#held.push(event);
      return [];
    }
    this.#isOver = true;
    return [...this.release(), event];
  }

  /** What was held back, once. */
  release(): readonly StreamEvent[] {
    return this.#held.splice(0);
  }

  /** The event that says why the response failed, where one does: the SDK's error does not repeat it. */
  static failureIn(events: readonly StreamEvent[]): unknown {
    const last = events.at(-1);
    return last?.type === 'model' ? last.event : undefined;
  }
}

function isOpening(event: StreamEvent): boolean {
  if (event.type === 'response_started') return true;
  if (event.type !== 'model') return false;
  const raw: unknown = event.event;
  return typeof raw === 'object' && raw !== null && 'type' in raw && openings.has(raw.type);
}
