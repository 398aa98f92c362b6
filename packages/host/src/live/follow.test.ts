import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { FeedItem } from '../store/feed.ts';
import { Changes } from './changes.ts';
import { follow, type FollowOptions } from './follow.ts';

const message = (cursor: number): FeedItem =>
  new FeedItem('trace', { cursor, trace_id: `t${cursor}`, named: 1, json: `{"traceId":"t${cursor}"}` });

function options(more: Partial<FollowOptions> = {}): FollowOptions {
  return {
    cursor: 0,
    greeting: 'hello;',
    encode: ({ cursor }) => `${cursor};`,
    readAfter: () => [],
    changes: new Changes(),
    heartbeatMillis: 60_000,
    stalledMillis: 60_000,
    onStall: () => undefined,
    signal: new AbortController().signal,
    onEnd: () => undefined,
    ...more,
  };
}

async function read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string | undefined> {
  const { value } = await reader.read();
  return value && new TextDecoder().decode(value);
}

it('reads the store only when the client takes what it got', async () => {
  let reads = 0;
  const readAfter = (after: number): readonly FeedItem[] => {
    reads += 1;
    return [message(after + 1)];
  };
  const reader = follow(options({ readAfter })).getReader();
  expect(await read(reader)).toBe('hello;');
  await sleep(20);
  expect(reads).toBe(0);
  expect(await read(reader)).toBe('1;');
  await sleep(20);
  expect(reads).toBe(1);
  expect(await read(reader)).toBe('2;');
  await reader.cancel();
});

it('sends what is announced while it waits', async () => {
  const changes = new Changes();
  const stored: FeedItem[] = [];
  const readAfter = (after: number): readonly FeedItem[] => stored.filter(({ cursor }) => cursor > after);
  const reader = follow(options({ changes, readAfter })).getReader();
  await read(reader);
  const waiting = read(reader);
  await sleep(5);
  stored.push(message(1), message(2));
  changes.announce();
  expect(await waiting).toBe('1;2;');
  await reader.cancel();
});

it('looks at each heartbeat for what another process wrote, and sends the heartbeat only when there is nothing', async () => {
  const stored: FeedItem[] = [];
  const readAfter = (after: number): readonly FeedItem[] => stored.filter(({ cursor }) => cursor > after);
  const reader = follow(options({ readAfter, heartbeatMillis: 30 })).getReader();
  await read(reader);
  const waiting = read(reader);
  await sleep(5);
  stored.push(message(3));
  expect(await waiting).toBe('3;');
  expect(await read(reader)).toBe(': heartbeat\n\n');
  await reader.cancel();
});

it('passes over pages that hold nothing for this reader', async () => {
  const sparse: Partial<FollowOptions> = {
    readAfter: (after) => (after < 50 ? [message(after + 1)] : []),
    encode: ({ cursor }) => (cursor === 50 ? 'found;' : ''),
  };
  const reader = follow(options(sparse)).getReader();
  await read(reader);
  expect(await read(reader)).toBe('found;');
  await reader.cancel();
});

it('ends when it is told to, or when the client leaves, and says so once', async () => {
  const closing = new AbortController();
  let ended = 0;
  const onEnd = (): void => void (ended += 1);
  const told = follow(options({ signal: closing.signal, onEnd })).getReader();
  const left = follow(options({ signal: closing.signal, onEnd })).getReader();
  await Promise.all([read(told), read(left)]);

  const waiting = read(left);
  await left.cancel();
  expect(await waiting).toBeUndefined();
  expect(ended).toBe(1);

  const last = read(told);
  closing.abort();
  expect(await last).toBeUndefined();
  expect(ended).toBe(2);
});

it('ends when the store fails, so that the client comes again', async () => {
  const broken: Partial<FollowOptions> = {
    readAfter: () => {
      throw new Error('disk I/O error');
    },
  };
  const reader = follow(options(broken)).getReader();
  await read(reader);
  expect(await read(reader)).toBeUndefined();
});
