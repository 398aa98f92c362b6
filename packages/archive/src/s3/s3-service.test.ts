import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CompactManager, chat } from '@clew/core';
import { conversation } from '@clew/core/testing';
import { createRedactor } from '@clew/redaction';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveEntry as entry } from '../testing/archive-entry.fixture.ts';
import { describeArchive } from '../testing/describe-archive.ts';
import { S3Archive } from './s3-archive.ts';
import { endpointOfService, isS3There, kmsKeyId, newBucket, s3Client, whyNot } from './s3-server.fixture.ts';

const signal = new AbortController().signal;
const megabyte = 1024 ** 2;

describe.skipIf(!isS3There)(`the s3 archive, with a real service${whyNot}`, { timeout: 120_000 }, () => {
  const client = s3Client();
  let bucket = '';
  let folders = 0;
  beforeAll(async () => {
    bucket = await newBucket(client);
  });
  afterAll(() => client.destroy());

  /** A folder of its own in the bucket. */
  const newPrefix = () => `archive/${(folders += 1)}`;
  const keysBelow = async (prefix: string) => {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
    return Contents.map(({ Key = '' }) => Key.slice(prefix.length + 1));
  };

  describeArchive('s3', async () => {
    const prefix = newPrefix();
    return {
      archive: new S3Archive({ bucket, prefix, client }),
      reopen: () => new S3Archive({ bucket, prefix, client }),
      damage: async (location) => {
        const key = location.slice(`s3://${bucket}/`.length);
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: '"other"\n' }));
      },
    };
  });

  it('lays its objects out as the file archive does, and takes secrets out first', async () => {
    const prefix = newPrefix();
    const archive = new S3Archive({ bucket, prefix: `/${prefix}/`, client, redactor: createRedactor() });
    const { location } = await archive.store(entry, signal);
    await archive.store({ ...entry, step: 'summary', items: [{ version: 1 }] }, signal);
    const name = /^session-1\/(transcript-pre-compact-001|summary-001)(-[0-9a-f]{12})?\.jsonl?$/u;
    const keys = await keysBelow(prefix);
    expect(keys.filter((key) => name.test(key))).toHaveLength(2);
    expect(keys.filter((key) => key.startsWith('session-1/events/'))).toHaveLength(2);
    const Key = location.slice(`s3://${bucket}/`.length);
    const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    const text = (await Body?.transformToString()) ?? '';
    expect(ContentType).toBe('application/jsonl');
    expect(text).toContain('<REDACTED>');
    expect(text).not.toContain('sk-abc123');
  });

  it('has the plain name where the service can keep it from being written over, and else a name with the digest', async () => {
    const prefix = newPrefix();
    const probe = { Bucket: bucket, Key: `${prefix}/probe`, Body: 'x', IfNoneMatch: '*' };
    const tried = await Promise.allSettled([client.send(new PutObjectCommand(probe))]);
    tried.push(...(await Promise.allSettled([client.send(new PutObjectCommand(probe))])));
    const keepsWhatIsThere = tried.map(({ status }) => status).join() === 'fulfilled,rejected';
    const archive = new S3Archive({ bucket, prefix, client });
    const { location, digest = '' } = await archive.store(entry, signal);
    const plain = `s3://${bucket}/${prefix}/session-1/transcript-pre-compact-001`;
    const own = `${plain}-${digest.slice(0, 12)}.jsonl`;
    expect(location).toBe(keepsWhatIsThere ? `${plain}.jsonl` : own);
  });

  it.skipIf(kmsKeyId === undefined)(
    `encrypts with a key of the customer's${kmsKeyId === undefined ? ' (skipped: no S3_TEST_KMS_KEY_ID)' : ''}`,
    async () => {
      const archive = new S3Archive({
        bucket,
        prefix: newPrefix(),
        client,
        kmsKeyId,
        partBytes: 5 * megabyte,
      });
      for (const content of ['small', 'large'.repeat(2 * megabyte)]) {
        const { location } = await archive.store({ ...entry, items: [content] }, signal);
        const Key = location.slice(`s3://${bucket}/`.length);
        expect(await client.send(new HeadObjectCommand({ Bucket: bucket, Key }))).toMatchObject({
          ServerSideEncryption: 'aws:kms',
          SSEKMSKeyId: expect.stringContaining(kmsKeyId ?? ''),
        });
        expect((await archive.read('session-1', location, signal)).items).toEqual([content]);
      }
    },
  );

  it('is refused with a wrong secret, says why, and stores nothing', async () => {
    const prefix = newPrefix();
    const archive = new S3Archive({ bucket, prefix, client: s3Client({ secretAccessKey: 'wrong' }) });
    const refused = { code: 'archive_failed', details: { code: 'SignatureDoesNotMatch', status: 403 } };
    await expect(archive.store(entry, signal)).rejects.toMatchObject(refused);
    await expect(archive.read('session-1', 'x', signal)).rejects.toMatchObject(refused);
    expect(await keysBelow(prefix)).toEqual([]);
  });

  it('names the bucket that is not there', async () => {
    const archive = new S3Archive({ bucket: 'clew-no-such-bucket', client });
    await expect(archive.store(entry, signal)).rejects.toThrow(/s3:\/\/clew-no-such-bucket\/.*NoSuchBucket/u);
  });

  it('sends what is large in parts, and reads it whole', async () => {
    const archive = new S3Archive({ bucket, prefix: newPrefix(), client, partBytes: 5 * megabyte });
    const items = ['日本'.repeat(2 * megabyte), 'x'.repeat(6 * megabyte), 'the end'];
    const { location } = await archive.store({ ...entry, items }, signal);
    const Key = location.slice(`s3://${bucket}/`.length);
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    expect(ETag).toMatch(/-4"$/u);
    const read = await new S3Archive({ bucket, prefix: 'archive', client })
      .read('session-1', location, signal)
      .catch(() => undefined);
    expect(read).toBeUndefined();
    expect((await archive.read('session-1', location, signal)).items).toEqual(items);
    // The same once more, and another under the same number.
    expect((await archive.store({ ...entry, items }, signal)).location).toBe(location);
    const other = await archive.store({ ...entry, items: [...items, 'other'] }, signal);
    expect(other.location).not.toBe(location);
    expect((await archive.read('session-1', location, signal)).items).toEqual(items);
  });

  it('leaves nothing behind where the service goes away in the midst of a large object, and goes on when it is back', async () => {
    const prefix = newPrefix();
    const proxy = await openProxy();
    const archive = new S3Archive({
      bucket,
      prefix,
      client: s3Client({ endpoint: proxy.url }),
      partBytes: 5 * megabyte,
    });
    await archive.store({ ...entry, sequence: 1 }, signal);
    const items = Array.from({ length: 4 }, (_, index) => `${index}`.repeat(6 * megabyte));
    proxy.cutAfter(8 * megabyte);
    await expect(archive.store({ ...entry, sequence: 2, items }, signal)).rejects.toMatchObject({
      code: 'archive_failed',
    });
    const objects = [];
    const direct = new S3Archive({ bucket, prefix, client });
    for await (const object of direct.list('session-1', signal)) objects.push(object.sequence);
    expect(objects).toEqual([1]);
    proxy.cutAfter(Infinity);
    const { location } = await archive.store({ ...entry, sequence: 2, items }, signal);
    expect((await direct.read('session-1', location, signal)).items).toEqual(items);
    await proxy.close();
  });

  it('takes back the parts of what the caller gave up', async () => {
    const prefix = newPrefix();
    const proxy = await openProxy();
    const archive = new S3Archive({
      bucket,
      prefix,
      client: s3Client({ endpoint: proxy.url }),
      partBytes: 5 * megabyte,
    });
    await archive.store({ ...entry, sequence: 1 }, signal);
    const stop = new AbortController();
    proxy.when(8 * megabyte, () => stop.abort(new Error('enough')));
    const items = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(6 * megabyte));
    await expect(archive.store({ ...entry, sequence: 2, items }, stop.signal)).rejects.toThrow('enough');
    const { Uploads = [] } = await client.send(
      new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }),
    );
    expect(Uploads).toEqual([]);
    expect((await keysBelow(prefix)).filter((key) => key.includes('-002'))).toEqual([]);
    await proxy.close();
  });

  it('takes back what was begun as the caller gave up', async () => {
    const prefix = newPrefix();
    const archive = new S3Archive({ bucket, prefix, client, partBytes: 5 * megabyte });
    await archive.store({ ...entry, sequence: 1 }, signal);
    const items = ['x'.repeat(12 * megabyte)];
    for (let millis = 0; millis < 60; millis += 6) {
      const stop = new AbortController();
      setTimeout(() => stop.abort(new Error('enough')), millis);
      await archive.store({ ...entry, sequence: 2, items: [millis, ...items] }, stop.signal).catch(() => {});
    }
    const left = async () => {
      const command = new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix });
      const { Uploads = [] } = await client.send(command);
      return Uploads.length;
    };
    await expect.poll(left, { timeout: 10_000 }).toBe(0);
  });

  it('serves an engine: what was archived before the swap is recalled, and an outage is recorded', async () => {
    const proxy = await openProxy();
    const archive = new S3Archive({ bucket, prefix: newPrefix(), client: s3Client({ endpoint: proxy.url }) });
    const managerOf = (isArchiveRequired: boolean) =>
      new CompactManager<object>({
        model: 'test',
        maxContextTokens: 4000,
        dialect: chat,
        counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
        policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
        archive,
        archiveTimeoutMillis: 10_000,
        isArchiveRequired,
      });
    const items = conversation(
      Array.from({ length: 40 }, (_, index) => ({
        user: `Question ${index}: ${'why '.repeat(60)}`,
        answer: `Answer ${index}: ${'because '.repeat(30)}`,
      })),
    );
    const manager = managerOf(true);
    const result = await manager.preflight({ sessionId: 's', items });
    expect(result.outcome).toBe('compacted');
    expect(result.ledger.find(({ fate }) => fate === 'summarized')?.archiveRef).toMatch(/^s3:\/\/.*#\d+$/u);
    const { items: found } = await manager.recall('s', { query: 'question 3' });
    expect(found[0]?.item).toEqual(items[6]);
    proxy.cutAfter(0);
    const refused = await managerOf(true).preflight({ sessionId: 'other', items });
    expect(refused).toMatchObject({ outcome: 'failed', items, error: { code: 'archive_failed' } });
    const unarchived = await managerOf(false).preflight({ sessionId: 'other', items });
    expect(unarchived.outcome).toBe('compacted');
    await proxy.close();
  });
});

/** Passes bytes on to the service, until it does not. */
async function openProxy() {
  const { hostname, port } = new URL(endpointOfService);
  let passed = 0;
  let limit = Infinity;
  let told: { readonly at: number; readonly tell: () => void } | undefined;
  const sockets = new Set<Socket>();
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
    sockets.clear();
  };
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    }
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.on('data', (chunk) => {
      passed += chunk.length;
      if (told !== undefined && passed > told.at) {
        told.tell();
        told = undefined;
      }
      if (passed > limit) cut();
      else far.write(chunk);
    });
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter: (bytes: number) => {
      passed = 0;
      limit = bytes;
    },
    when: (bytes: number, tell: () => void) => {
      told = { at: passed + bytes, tell };
    },
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
