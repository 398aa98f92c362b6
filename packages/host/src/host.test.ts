import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { HostError, createHost, type HostErrorCode, type HostOptionsInput } from './index.ts';
import { post, withHost } from './testing/with-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'clew-host-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As they were before any host had started. */
const globalsAtFirst = [globalThis.Request, globalThis.Response];

const span = { type: 'span', trace_id: 't', span_id: 's' };

/** Options as a caller without types could give them. */
const loose = (options: object): HostOptionsInput => Object.assign({}, options);

async function failure(options: HostOptionsInput): Promise<HostError> {
  const error: unknown = await createHost(options).then(
    (host) => host.close(),
    (cause: unknown) => cause,
  );
  if (HostError.isInstance(error)) return error;
  throw new Error('the host started, or failed otherwise', { cause: error });
}

describe('starting', () => {
  it('says which port is taken and what to do, and leaves the database free', async () => {
    await withHost({}, async (host) => {
      const port = Number(new URL(host.url).port);
      const database = join(folder, 'free.db');
      const error = await failure({ port, database });
      expect(error).toMatchObject({ code: 'port_in_use', name: 'HostError' });
      expect(error.message).toMatch(`Port ${port} on 127.0.0.1 is in use`);
      expect(error.message).toMatch('port 0');
      await withHost({ database }, async (second) => {
        expect((await post(second, '/ingest', span)).status).toBe(200);
      });
    });
  });

  it.each<[string, HostOptionsInput, HostErrorCode, RegExp]>([
    ['a port out of range', { port: 70_000 }, 'invalid_options', /port/],
    ['an unknown option', loose({ prot: 1 }), 'invalid_options', /prot/],
    ['a clock that is none', loose({ now: 5 }), 'invalid_options', /expected a function/],
    ['an address of others without a token', { hostname: '0.0.0.0' }, 'token_required', /16 characters/],
    ['a token that is short', { token: 'secret' }, 'invalid_options', /token/],
    ['a limit that is unknown', loose({ limits: { bytes: 1 } }), 'invalid_options', /bytes/],
    ['a folder without a viewer', { port: 0, viewerRoot: folder }, 'viewer_missing', /no index\.html/],
    ['a database that is a folder', { port: 0, database: folder }, 'database_unusable', /Check the path/],
    [
      'an address of another machine',
      { port: 0, hostname: '203.0.113.1', token: 'x'.repeat(16) },
      'listen_failed',
      /address of this machine/,
    ],
  ])('refuses %s', async (_, options, code, message) => {
    const error = await failure(options);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });

  it('listens on IPv6, and leaves the globals of the process alone', async () => {
    await withHost({ hostname: '::1' }, async (host) => {
      expect(host.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
      expect((await fetch(`${host.url}/healthz`)).status).toBe(200);
    });
    expect([globalThis.Request, globalThis.Response]).toEqual(globalsAtFirst);
  });
});

describe('closing', () => {
  it('may be asked for twice, and refuses what comes after', async () => {
    const host = await createHost({ port: 0 });
    await Promise.all([host.close(), host.close()]);
    await expect(fetch(host.url)).rejects.toThrow('fetch failed');
  });

  it('keeps what was acknowledged for the next start, whose cursors go on', async () => {
    const database = join(folder, 'kept.db');
    const before = await withHost({ database }, async (host) => {
      await post(host, '/ingest', { batch: [span, { ...span, span_id: 'u' }] });
      return host.stats();
    });
    expect(before).toMatchObject({
      spans: 2,
      traces: 1,
      cursor: expect.any(Number),
      streams: 0,
      accepted: 2,
      rejected: 0,
      expired: 0,
    });
    await withHost({ database }, async (host) => {
      const { spans, traces, cursor } = before;
      expect(host.stats()).toMatchObject({ spans, traces, cursor, accepted: 0 });
      await post(host, '/ingest', span);
      expect(host.stats()).toMatchObject({ spans: 2, cursor: before.cursor + 1 });
    });
  });
});

it('prints nothing, whatever clients do', async () => {
  const methods = ['log', 'info', 'warn', 'error'] as const;
  const spies = methods.map((method) => vi.spyOn(console, method).mockReturnValue());
  await withHost({}, async (host) => {
    await post(host, '/ingest', 'nonsense');
    await post(host, '/v1/traces', 'nonsense');
    const left = new AbortController();
    const stream = await fetch(`${host.url}/api/stream`, { signal: left.signal });
    left.abort();
    await stream.text().catch(() => undefined);
    await vi.waitFor(() => expect(host.stats().streams).toBe(0));
  });
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

it('removes what is too old while it runs, and says how much', async () => {
  let time = 0;
  const retention = { maxAgeMillis: 1000, everyMillis: 10 };
  await withHost({ now: () => time, retention }, async (host) => {
    await post(host, '/ingest', { batch: [span, { ...span, span_id: 'u' }] });
    time = 900;
    await post(host, '/ingest', { ...span, trace_id: 'young' });
    time = 1500;
    await vi.waitFor(() => expect(host.stats()).toMatchObject({ spans: 1, traces: 1, expired: 2 }));
    const metrics = await (await fetch(`${host.url}/metrics`)).text();
    expect(metrics).toMatch(/^clew_host_expired_spans_total 2$/m);
    for (const line of metrics.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+ [\d.e+]+)$/);
  });
});
