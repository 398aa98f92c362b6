import { describe, expect, it } from 'vitest';
import { MemorySessionStore } from './memory-session-store.ts';
import { SessionMemory } from './session-memory.ts';
import type { SessionStore } from './session-store.ts';
import { initialState } from './session-state.ts';

describe('the memory of sessions', () => {
  it('starts afresh where nothing, or something damaged, is stored', async () => {
    const store = new MemorySessionStore();
    const memory = new SessionMemory(store, 1000);
    expect(await memory.load('s')).toEqual(initialState);
    await store.save('s', { version: 7 });
    expect(await memory.load('s')).toEqual(initialState);
  });

  it('does not wait for a store that hangs', async () => {
    const memory = new SessionMemory(
      { load: () => new Promise(() => {}), save: () => new Promise(() => {}) },
      10,
    );
    expect(await memory.load('s')).toEqual(initialState);
    const ready = new SessionMemory({ load: async () => undefined, save: () => new Promise(() => {}) }, 10);
    await ready.load('s');
    await expect(ready.save('s', initialState, undefined)).resolves.toBeUndefined();
  });

  it('never writes over a session that it could not read', async () => {
    const store = new MemorySessionStore();
    let isBroken = false;
    const flaky = {
      load: async (sessionId: string) => {
        if (isBroken) throw new Error('out of reach');
        return store.load(sessionId);
      },
      save: (sessionId: string, state: unknown) => store.save(sessionId, state),
    };
    const memory = new SessionMemory(flaky, 1000);
    await memory.load('s');
    await memory.save('s', { ...initialState, sequence: 3 }, undefined);
    isBroken = true;
    const lost = await memory.load('s');
    expect(lost.sequence).toBe(0);
    await memory.save('s', { ...lost, calls: 1 }, undefined);
    isBroken = false;
    expect((await memory.load('s')).sequence).toBe(3);
  });

  const hold = { sessionId: 's', limitMillis: 10, signal: undefined };
  const instead = async () => 'instead';
  const memoryWith = (lock: NonNullable<SessionStore['lock']>) =>
    new SessionMemory({ load: async () => undefined, save: async () => {}, lock }, 1000);

  it('holds a session while it is worked on, and gives it back whatever happens', async () => {
    const events: string[] = [];
    const memory = memoryWith(async (sessionId) => {
      events.push(`lock ${sessionId}`);
      return async () => {
        events.push('release');
      };
    });
    expect(await memory.holding(hold, async () => `${events.push('work')}`, instead)).toBe('2');
    await expect(memory.holding(hold, () => Promise.reject(new Error('broken')), instead)).rejects.toThrow(
      'broken',
    );
    expect(events).toEqual(['lock s', 'work', 'release', 'lock s', 'release']);
  });

  it('does not work on a session that another process holds for too long', async () => {
    const memory = memoryWith(() => new Promise(() => {}));
    expect(await memory.holding(hold, async () => 'worked', instead)).toBe('instead');
  });

  it('does without a lock that is broken', async () => {
    const memory = memoryWith(() => Promise.reject(new Error('no such folder')));
    expect(await memory.holding(hold, async () => 'worked', instead)).toBe('worked');
  });
});
