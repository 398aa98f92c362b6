import { createModel, fold, type Span, type StreamMessage, type TraceInfo } from '@clew/trace-model';
import { recordSession } from '@clew/trace-model/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedSession, type FeedState } from './session-feed.ts';

const mine = recordSession({ sessionId: 'mine', calls: 12 });
const other = recordSession({ sessionId: 'other', calls: 12, seed: 2 });
const asMessage = (span: Span): StreamMessage => ({ type: 'span', ...span });
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A host that has some spans, and tells of others as a test says. */
function createWorld(stored: readonly Span[]) {
  const known = [...stored];
  const added: Span[] = [];
  const listeners = new Set<(message: StreamMessage) => void>();
  const states: FeedState[] = [];
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const stop = feedSession({
    id: 'mine',
    api: {
      async *readSession() {
        // As of the moment of asking, and slowly.
        const traces = new Set(known.filter(isMine).map(({ traceId }) => traceId));
        const spans = known.filter(({ traceId }) => traces.has(traceId));
        await held;
        if (spans.length > 0) yield spans.map(asMessage);
      },
      readTrace: async (traceId) => known.filter((span) => span.traceId === traceId).map(asMessage),
    },
    live: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    store: { add: (spans: readonly Span[], _traces?: readonly TraceInfo[]) => void added.push(...spans) },
    onState: (state) => states.push(state),
  });
  return {
    added,
    listeners,
    states,
    release,
    stop,
    write(span: Span): void {
      known.push(span);
      for (const listener of listeners) listener(asMessage(span));
    },
  };
}

function isMine({ attrs }: Span): boolean {
  return attrs['compact.session_id'] === 'mine';
}

describe('the feed of one session', () => {
  it('has in the end every span of it and none of another, whatever came before, while and after it was read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(mine.length), fc.nat(mine.length), async (a, b) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)];
        const world = createWorld([...mine.slice(0, first), ...other.slice(0, first)]);
        await tick();
        for (const span of mine.slice(first, second)) world.write(span);
        for (const span of other.slice(first, second)) world.write(span);
        world.release();
        await tick();
        for (const span of mine.slice(second)) world.write(span);
        for (const span of other.slice(second)) world.write(span);
        await tick();
        const [session, ...more] = fold(world.added, createModel()).sessions;
        expect(more).toEqual([]);
        expect(session?.spans.map(({ id }) => id).toSorted()).toEqual(mine.map(({ id }) => id).toSorted());
        world.stop();
      }),
      { numRuns: 40 },
    );
  });

  it('says that the host does not know the session', async () => {
    const world = createWorld(other);
    world.release();
    await tick();
    expect(world.states).toEqual(['reading', 'unknown']);
  });

  it('listens no more once it is stopped', () => {
    const world = createWorld(mine);
    world.stop();
    expect(world.listeners.size).toBe(0);
  });
});
