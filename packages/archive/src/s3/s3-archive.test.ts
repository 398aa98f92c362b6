import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import type { ArchiveEntry } from '@clew/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { S3Archive } from './s3-archive.ts';
import { s3Client } from './s3-server.fixture.ts';

const signal = new AbortController().signal;
const entry: ArchiveEntry = {
  sessionId: 'session-1',
  sequence: 1,
  runId: 'run-1',
  step: 'transcript',
  items: [{ role: 'user', content: 'a' }],
  at: 0,
};

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
  vi.unstubAllEnvs();
});

/** Takes connections, and says nothing. */
async function silentEndpoint(): Promise<string> {
  server = createServer((socket) => socket.on('error', () => {}));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the s3 archive, without a service', () => {
  it('says which of its options is wrong', () => {
    expect(() => new S3Archive({ bucket: '' })).toThrow(/not valid[^]*bucket/u);
    expect(() => new S3Archive({ bucket: 'b', partBytes: 1024 })).toThrow(/partBytes/u);
  });

  it('says that nobody listens, and where', async () => {
    // Nobody listens on port 1.
    const archive = new S3Archive({ bucket: 'b', client: s3Client({ endpoint: 'http://127.0.0.1:1' }) });
    await expect(archive.store(entry, signal)).rejects.toMatchObject({
      code: 'archive_failed',
      message: expect.stringMatching(/^PutObject s3:\/\/b\/\S+ failed \(ECONNREFUSED\)/u),
    });
    await expect(archive.read('session-1', 'x', signal)).rejects.toThrow(/ECONNREFUSED/u);
  });

  it('gives up a service that is silent as soon as its caller does', async () => {
    const archive = new S3Archive({ bucket: 'b', client: s3Client({ endpoint: await silentEndpoint() }) });
    const stop = new AbortController();
    const list = async () => {
      for await (const object of archive.list('session-1', stop.signal)) return object;
      return undefined;
    };
    const work = [archive.store(entry, stop.signal), archive.read('session-1', 'x', stop.signal), list()];
    setTimeout(() => stop.abort(new Error('enough')), 50);
    const ended = await Promise.allSettled(work);
    expect(ended.map((each) => each.status === 'rejected' && String(each.reason))).toEqual(
      Array.from({ length: 3 }, () => 'Error: enough'),
    );
    archive.close();
  });

  it('takes credentials from the default chain, and says so where there are none', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, '');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const archive = new S3Archive({ bucket: 'b', region: 'us-east-1', endpoint: await silentEndpoint() });
    await expect(archive.store(entry, signal)).rejects.toThrow(
      /CredentialsProviderError[^]*give the process a role/u,
    );
  });
});
