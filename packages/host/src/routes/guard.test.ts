import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Host } from '../host.ts';
import { post, withHost } from '../testing/with-host.ts';
import { isLoopback } from '../is-loopback.ts';

/** `fetch` sets Host by itself; a raw request can say anything. */
function statusFor(host: Host, method: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const path = method === 'GET' ? '/api/traces' : '/ingest';
    const sent = request(host.url + path, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent
      .on('error', reject)
      .end(method === 'GET' ? undefined : '{"type":"span","trace_id":"t","span_id":"s"}');
  });
}

describe('the Host header, when bound to loopback', () => {
  it.each([
    'localhost',
    'localhost:5175',
    '127.0.0.1:80',
    '127.1.2.3',
    '[::1]:5175',
    'clew.localhost',
    'LOCALHOST',
  ])('may be %s', async (name) => {
    await withHost({}, async (host) => {
      expect(await statusFor(host, 'GET', { host: name })).toBe(200);
    });
  });

  it.each([
    'evil.example',
    'evil.example:5175',
    'localhost.evil.example',
    '10.0.0.1',
    '127.0.0.1.nip.io',
    'xlocalhost',
    '0.0.0.0',
  ])('may not be %s, by which a page of another site could reach the host', async (name) => {
    await withHost({}, async (host) => {
      expect(await statusFor(host, 'GET', { host: name })).toBe(403);
      expect(await statusFor(host, 'POST', { host: name })).toBe(403);
      expect(host.stats().spans).toBe(0);
    });
  });

  it('may be anything when the host is bound to all addresses, as the user chose', async () => {
    await withHost({ hostname: '0.0.0.0' }, async (host) => {
      expect(await statusFor(host, 'GET', { host: 'build-server:5175' })).toBe(200);
    });
  });
});

describe('the Origin of a write', () => {
  it.each([
    ['http://evil.example', 403],
    ['null', 403],
    ['http://localhost.evil.example', 403],
    ['http://localhost:5173', 200],
    ['http://127.0.0.1:3000', 200],
  ])('%s is answered with %d', async (origin, status) => {
    await withHost({}, async (host) => {
      expect(await statusFor(host, 'POST', { origin })).toBe(status);
    });
  });

  it('may be the page that the host itself served, under whatever name', async () => {
    await withHost({ hostname: '0.0.0.0' }, async (host) => {
      expect(await statusFor(host, 'POST', { host: 'box:5175', origin: 'http://box:5175' })).toBe(200);
      expect(await statusFor(host, 'POST', { host: 'box:5175', origin: 'http://other:5175' })).toBe(403);
    });
  });
});

it('lets no other site read anything: there is no CORS header, and preflights fail', async () => {
  await withHost({}, async (host) => {
    const headers = { origin: 'http://localhost:5173' };
    const read = await fetch(`${host.url}/api/traces`, { headers });
    expect(read.headers.get('access-control-allow-origin')).toBeNull();
    expect(read.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    const preflight = await fetch(`${host.url}/ingest`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([404, null]);
    expect((await post(host, '/ingest', {}, headers)).headers.get('access-control-allow-origin')).toBeNull();
  });
});

it('knows which addresses are loopback', () => {
  expect(['127.0.0.1', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true]);
  expect(['0.0.0.0', '::', '192.168.1.2', 'example.org'].map(isLoopback)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
