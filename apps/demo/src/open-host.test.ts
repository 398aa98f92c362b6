import { expect, test } from 'vitest';
import { openHost } from './open-host.ts';

test('where the usual port is taken, another one is', async () => {
  const first = await openHost(undefined, undefined);
  const second = await openHost(undefined, undefined);
  try {
    expect(second.url).not.toBe(first.url);
    expect((await fetch(`${second.url}/healthz`)).status).toBe(200);
  } finally {
    await first.close();
    await second.close();
  }
});
