import { describe, expect, it } from 'vitest';
import { EventHub } from './lifecycle-events.ts';
import type { LifecycleEvent, UnnumberedEvent } from './lifecycle-event.ts';

const event = (session_id: string): UnnumberedEvent => ({
  schema_version: 1,
  id: 'r.settled',
  at: '2026-01-01T00:00:00.000Z',
  session_id,
  type: 'context.overflow.recovery',
  status: 'recovered',
  attempt: 1,
  tokens_before: 2,
  tokens_after: 1,
  token_delta: -1,
});

const emit = (hub: EventHub, ...sessions: readonly string[]) => {
  for (const session of sessions) hub.emit(() => event(session));
};

async function read(events: AsyncIterable<LifecycleEvent>): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const { session_id, sequence } of events) seen.push(`${session_id}${sequence}`);
  return seen;
}

describe('the stream of lifecycle events', () => {
  it('gives each reader what happens from then on, in order, until the signal', async () => {
    const hub = new EventHub();
    emit(hub, 'a');
    const stop = new AbortController();
    const all = read(hub.stream({ signal: stop.signal }));
    const own = read(hub.stream({ signal: stop.signal, sessionId: 'b' }));
    emit(hub, 'a', 'b', 'a', 'b');
    await Promise.resolve();
    stop.abort();
    emit(hub, 'b');
    expect(await all).toEqual(['a2', 'b3', 'a4', 'b5']);
    expect(await own).toEqual(['b3', 'b5']);
  });

  it('waits for the next, and ends where the reader leaves the loop', async () => {
    const hub = new EventHub();
    const seen: number[] = [];
    const reader = (async () => {
      for await (const { sequence } of hub) {
        seen.push(sequence);
        if (sequence === 2) break;
      }
    })();
    emit(hub, 'a');
    await Promise.resolve();
    emit(hub, 'a', 'a', 'a');
    await reader;
    expect(seen).toEqual([1, 2]);
    // Nobody listens now: nothing is built.
    hub.emit(() => expect.fail('was built'));
  });

  it('holds so many for a reader who is too slow, and the numbers show what was lost', async () => {
    const hub = new EventHub();
    const stop = new AbortController();
    const stream = hub.stream({ capacity: 3, signal: stop.signal });
    emit(hub, 'a', 'a', 'a', 'a', 'a');
    stop.abort();
    expect(await read(stream)).toEqual(['a3', 'a4', 'a5']);
  });

  it('keeps a listener that fails from the engine and from the others', async () => {
    const hub = new EventHub();
    const seen: number[] = [];
    hub.subscribe(() => {
      throw new Error('broken');
    });
    hub.subscribe(() => Promise.reject(new Error('broken later')));
    const stop = hub.subscribe(({ sequence }) => {
      seen.push(sequence);
      if (sequence === 2) stop();
    });
    emit(hub, 'a', 'a', 'a');
    hub.emit(() => {
      throw new Error('cannot be built');
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(seen).toEqual([1, 2]);
  });

  it('takes no listener whose signal has aborted', async () => {
    const hub = new EventHub();
    const signal = AbortSignal.abort();
    hub.subscribe(() => expect.fail('was told'), { signal });
    const stream = hub.stream({ signal });
    emit(hub, 'a');
    expect(await read(stream)).toEqual([]);
  });
});
