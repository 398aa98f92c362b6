import { expect, it } from 'vitest';
import { EventReader } from '../testing/event-reader.ts';
import { withHost } from '../testing/with-host.ts';

const token = 'correct-horse-battery';

it('lets nobody in without the token, on any path but the probe', async () => {
  await withHost({ token }, async (host) => {
    for (const path of ['/', '/api/traces', '/api/stream', '/events', '/metrics', '/docs', '/nowhere']) {
      for (const authorization of ['', 'Bearer wrong', `Basic ${token}`, `Bearer ${token}x`]) {
        const response = await fetch(host.url + path, { headers: { authorization } });
        expect([path, response.status]).toEqual([path, 401]);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        await response.body?.cancel();
      }
    }
    expect((await fetch(`${host.url}/ingest`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await fetch(`${host.url}/v1/traces`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
    expect(host.stats()).toMatchObject({ spans: 0, streams: 0 });
  });
});

it('lets a sender in by its header', async () => {
  await withHost({ token }, async (host) => {
    const headers = { authorization: `Bearer ${token}` };
    const body = '{"type":"span","trace_id":"t","span_id":"s"}';
    expect((await fetch(`${host.url}/ingest`, { method: 'POST', headers, body })).status).toBe(200);
    expect((await fetch(`${host.url}/api/traces`, { headers })).status).toBe(200);
  });
});

it('gives a browser a cookie once, and takes the token out of the address', async () => {
  await withHost({ token }, async (host) => {
    expect((await fetch(`${host.url}/?token=wrong`, { redirect: 'manual' })).status).toBe(401);
    const entered = await fetch(`${host.url}/?token=${token}`, { redirect: 'manual' });
    expect([entered.status, entered.headers.get('location')]).toEqual([303, '/']);
    const cookie = entered.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/i);
    await using events = await EventReader.open(`${host.url}/events`, { cookie: cookie.split(';')[0] ?? '' });
    expect(events.status).toBe(200);
    expect(await events.next()).toMatchObject({ data: { type: 'connected' } });
  });
});
