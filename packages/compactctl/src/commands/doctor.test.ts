import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost } from '@clew/host';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runIn } from '../terminal.fixture.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'compactctl-doctor-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('sends a real span along each path, reads it back where it can, and leaves nothing else behind', async () => {
  const host = await createHost({ port: 0, database: ':memory:' });
  const config = {
    telemetry: {
      exporter: ['ariadne', 'otlp', 'file'],
      ariadne_url: `${host.url}/ingest`,
      otlp_url: `${host.url}/v1/traces`,
      file_path: join(directory, 'spans.jsonl'),
    },
    storage: { path: join(directory, 'deep', 'archive'), sessions_path: join(directory, 'sessions') },
  };
  await writeFile(join(directory, 'compact.json'), JSON.stringify(config));
  const { code, out } = await runIn(directory, ['doctor']);
  const page = (await (await fetch(`${host.url}/api/spans`)).json()) as { spans: { name: string }[] };
  await host.close();
  expect(out).not.toContain('FAIL');
  expect(code).toBe(0);
  expect(out).toMatch(/^ok +ariadne +a span was delivered to http:\S+ingest and read back/mu);
  expect(out).toMatch(/^ok +otlp +a span was delivered to http:\S+traces/mu);
  expect(out).toMatch(/^ok +archive +fs, \S+ can be used/mu);
  expect(page.spans.filter(({ name }) => name === 'compactctl doctor')).toHaveLength(2);
  expect(await readFile(join(directory, 'spans.jsonl'), 'utf8')).toContain('compactctl doctor');
  expect((await readdir(directory)).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'compact.json',
    'spans.jsonl',
  ]);
});

it('finds what does not work, and ends with 1', async () => {
  await writeFile(join(directory, 'taken'), 'a file where a folder should be');
  const config = {
    telemetry: { exporter: 'ariadne', ariadne_url: 'http://127.0.0.1:1/ingest' },
    storage: { path: join(directory, 'taken', 'archive') },
  };
  await writeFile(join(directory, 'compact.json'), JSON.stringify(config));
  const { code, out } = await runIn(directory, ['doctor', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    ok: false,
    checks: expect.arrayContaining([
      {
        name: 'ariadne',
        isOk: false,
        message: expect.stringContaining('no span arrived to http://127.0.0.1:1/ingest') as unknown,
      },
      { name: 'archive', isOk: false, message: expect.stringContaining('cannot be used') as unknown },
    ]) as unknown,
  });
});
