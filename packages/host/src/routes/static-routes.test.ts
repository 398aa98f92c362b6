import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Host } from '../host.ts';
import { withHost } from '../testing/with-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'clew-viewer-'));
const viewerRoot = join(folder, 'dist');

beforeAll(() => {
  mkdirSync(join(viewerRoot, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(viewerRoot, 'index.html'), '<!doctype html><title>Clew</title>');
  writeFileSync(join(viewerRoot, 'favicon.svg'), '<svg/>');
  writeFileSync(join(viewerRoot, 'assets', 'index-1a2b.js'), 'export {}');
  writeFileSync(join(viewerRoot, 'assets', 'index-1a2b.css'), 'body{}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const html = { headers: { accept: 'text/html,*/*' } };

/** `fetch` tidies dots out of a path before it sends it. */
function rawGet(host: Host, path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(host.url);
    const sent = request(
      { port, host: '127.0.0.1', path, headers: html.headers, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        response.on('end', () => resolve({ status: response.statusCode, body }));
      },
    );
    sent.on('error', reject).end();
  });
}

it.each([
  ['/', 'text/html', 'no-cache'],
  ['/index.html', 'text/html', 'no-cache'],
  ['/favicon.svg', 'image/svg+xml', 'no-cache'],
  ['/assets/index-1a2b.js', 'text/javascript', 'public, max-age=31536000, immutable'],
  ['/assets/index-1a2b.css', 'text/css', 'public, max-age=31536000, immutable'],
])('serves %s as %s', async (path, type, caching) => {
  await withHost({ viewerRoot }, async (host) => {
    const response = await fetch(host.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(type);
    expect(response.headers.get('cache-control')).toBe(caching);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

it('sends the index under a strict policy, and for every path that only the viewer knows', async () => {
  await withHost({ viewerRoot }, async (host) => {
    for (const path of ['/', '/s/session-1/c/2', '/traces']) {
      const response = await fetch(host.url + path, html);
      expect(await response.text()).toContain('<title>Clew</title>');
      expect(response.headers.get('content-security-policy')).toMatch(
        /default-src 'self'.*frame-ancestors 'none'/,
      );
      expect(response.headers.get('x-frame-options')).toBe('DENY');
    }
    const head = await fetch(host.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '34']);
  });
});

it.each(['/assets/missing.js', '/api/unknown', '/v1/metrics', '/favicon.ico'])(
  'does not answer %s with the index',
  async (path) => {
    await withHost({ viewerRoot }, async (host) => {
      const response = await fetch(host.url + path, html);
      expect([response.status, await response.json()]).toMatchObject([
        404,
        { error: 'Not found', received: path },
      ]);
    });
  },
);

it.each([
  '/../secret.txt',
  '/assets/../../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/%252e%252e%252fsecret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '//secret.txt',
  '/....//secret.txt',
  '/assets/%00/../../secret.txt',
  '/%c0%ae%c0%ae/secret.txt',
])('gives nothing outside of the folder for %s', async (path) => {
  await withHost({ viewerRoot }, async (host) => {
    const { status, body } = await rawGet(host, path);
    expect(body).not.toContain('secret"');
    expect(body).not.toBe('secret');
    expect([400, 404]).toContain(status);
  });
});

it('lists its endpoints where there is no viewer', async () => {
  await withHost({}, async (host) => {
    const response = await fetch(host.url, html);
    expect(await response.json()).toMatchObject({
      name: 'Clew host',
      endpoints: expect.arrayContaining(['POST /ingest']),
    });
    expect((await fetch(`${host.url}/index.html`, html)).status).toBe(404);
  });
});
