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

const token = 'a-token-that-nobody-guesses';
const authorization = `Bearer ${token}`;

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
    await withHost({ hostname: '0.0.0.0', token }, async (host) => {
      expect(await statusFor(host, 'GET', { host: 'build-server:5175', authorization })).toBe(200);
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
    await withHost({ hostname: '0.0.0.0', token }, async (host) => {
      const sent = { host: 'box:5175', authorization };
      expect(await statusFor(host, 'POST', { ...sent, origin: 'http://box:5175' })).toBe(200);
      expect(await statusFor(host, 'POST', { ...sent, origin: 'http://other:5175' })).toBe(403);
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

it('lets pages of the origins that were listed read and send, and no others', async () => {
  await withHost({ corsOrigins: ['https://viewer.example/path'] }, async (host) => {
    const allowed = async (origin: string, init: RequestInit = {}): Promise<readonly unknown[]> => {
      const response = await fetch(`${host.url}/ingest`, { ...init, headers: { origin } });
      return [response.status, response.headers.get('access-control-allow-origin')];
    };
    const page = 'https://viewer.example';
    const body = '{"type":"span","trace_id":"t","span_id":"s"}';
    expect(await allowed(page, { method: 'OPTIONS' })).toEqual([204, page]);
    expect(await allowed(page, { method: 'POST', body })).toEqual([200, page]);
    expect(await allowed('https://other.example', { method: 'OPTIONS' })).toEqual([403, null]);
    expect(await allowed('https://other.example', { method: 'POST', body })).toEqual([403, null]);
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
