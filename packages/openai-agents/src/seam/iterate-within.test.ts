import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { beforeAll, expect, test } from 'vitest';
import { iterateWithin } from './iterate-within.ts';

const key = createContextKey('test');
const inside = ROOT_CONTEXT.setValue(key, 'inside');

beforeAll(() => {
  context.disable();
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});

test('every step of the source runs inside, and the consumer outside', async () => {
  const seen: unknown[] = [];
  async function* source() {
    for (const value of [1, 2]) {
      seen.push(context.active().getValue(key));
      await Promise.resolve();
      yield value;
    }
    seen.push(context.active().getValue(key));
  }

  for await (const value of iterateWithin(inside, source)) seen.push([value, context.active().getValue(key)]);

  expect(seen).toEqual(['inside', [1, undefined], 'inside', [2, undefined], 'inside']);
});

test('a consumer that leaves early stops the source', async () => {
  let stopped = false;
  async function* source() {
    try {
      yield 1;
      yield 2;
    } finally {
      stopped = true;
    }
  }

  for await (const _ of iterateWithin(inside, source)) break;

  expect(stopped).toBe(true);
});

test('what the source throws reaches the consumer, at its start and later', async () => {
  await expect(
    drain(() => {
      throw new Error('at once');
    }),
  ).rejects.toThrow('at once');
  await expect(
    drain(async function* source() {
      yield 1;
      throw new Error('later');
    }),
  ).rejects.toThrow('later');
});

async function drain(start: () => AsyncIterable<number>): Promise<void> {
  for await (const _ of iterateWithin(inside, start));
}
