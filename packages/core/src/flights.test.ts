import { describe, expect, it } from 'vitest';
import { Flights } from './flights.ts';

const never = () => new Promise<string>(() => {});
const instead = async (reason: unknown) =>
  `instead: ${reason instanceof Error ? reason.name : String(reason)}`;

describe('flights of a session', () => {
  it('run one after the other, in the order of the calls', async () => {
    const flights = new Flights(1000);
    const order: string[] = [];
    const fly = (name: string, turns: number) =>
      flights.run({
        sessionId: 's',
        signal: undefined,
        instead,
        work: async () => {
          order.push(`${name} starts`);
          for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
          order.push(`${name} ends`);
          return name;
        },
      });
    expect(await Promise.all([fly('a', 20), fly('b', 1), fly('c', 5)])).toEqual(['a', 'b', 'c']);
    expect(order).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('do not wait for other sessions, or for a flight that has failed', async () => {
    const flights = new Flights(1000);
    const run = (sessionId: string, work: () => Promise<string>) =>
      flights.run({ sessionId, signal: undefined, instead, work });
    void run('slow', never);
    expect(await run('s', async () => 'first')).toBe('first');
    await expect(run('s', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await run('s', async () => 'next')).toBe('next');
  });

  it('are passed over where their turn does not come in time', async () => {
    const flights = new Flights(10);
    let hasRun = false;
    void flights.run({ sessionId: 's', signal: undefined, instead, work: never });
    const late = flights.run({
      sessionId: 's',
      signal: undefined,
      instead,
      work: async () => {
        hasRun = true;
        return 'worked';
      },
    });
    expect(await late).toBe('instead: TimeoutError');
    expect(hasRun).toBe(false);
  });

  it('are passed over where the caller gives up waiting', async () => {
    const flights = new Flights(60_000);
    const abort = new AbortController();
    void flights.run({ sessionId: 's', signal: undefined, instead, work: never });
    const late = flights.run({ sessionId: 's', signal: abort.signal, instead, work: never });
    abort.abort('enough');
    expect(await late).toBe('instead: enough');
  });
});
