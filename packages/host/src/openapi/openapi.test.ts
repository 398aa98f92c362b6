import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from '../app.ts';
import { createIntake } from '../intake.ts';
import { HostLimits } from '../limits.ts';
import { createLive } from '../live/live.ts';
import { createBodyReader } from '../routes/body-reader.ts';
import type { HostContext } from '../routes/context.ts';
import { createStoreSource } from '../store/store-source.ts';
import { openStore } from '../store/store.ts';
import { get, post, withHost } from '../testing/with-host.ts';
import { openApiDocument } from './document.ts';
import { operations } from './operations.ts';
import { answerSchemas } from './schemas.ts';

const document = openApiDocument();

function app(): ReturnType<typeof createApp> {
  const store = openStore({ path: ':memory:', now: Date.now });
  const limits = HostLimits.parse({});
  const live = createLive(store.readAfter, { heartbeatMillis: 1000, ...limits });
  const context: HostContext = {
    store,
    live,
    limits,
    source: createStoreSource(store, live.changes),
    isOwnStore: true,
    stats: () => {
      throw new Error('nothing is asked');
    },
    intake: createIntake(store, () => undefined),
    bodies: createBodyReader(1),
    now: Date.now,
  };
  return createApp(context, {
    hostname: '127.0.0.1',
    viewerRoot: undefined,
    token: undefined,
    corsOrigins: [],
  });
}

it('describes every route, and none that is not there', () => {
  const routes = app()
    .routes.filter(({ method, path }) => method !== 'ALL' && path !== '/')
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(routes.toSorted());
  expect(Object.keys(z.record(z.string(), z.unknown()).parse(document['paths'])).toSorted()).toEqual(
    [...new Set(operations.map(({ path }) => path))].toSorted(),
  );
});

it('refers to schemas that are in it only', () => {
  const text = JSON.stringify(document);
  const { schemas } = z.object({ schemas: z.record(z.string(), z.unknown()) }).parse(document['components']);
  const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref);
  expect(refs.length).toBeGreaterThan(20);
  for (const ref of refs)
    expect(Object.keys(schemas).map((name) => `#/components/schemas/${name}`)).toContain(ref);
  expect(text).not.toContain('$defs');
});

const events = {
  batch: [
    { type: 'trace', trace_id: 't', name: 'n', group_id: 'g', started_at: '2025-01-01T00:00:00Z' },
    {
      type: 'span',
      trace_id: 't',
      span_id: 's',
      kind: 'k',
      status: 'error',
      data: { 'gen_ai.conversation.id': 'c' },
    },
  ],
};

describe('what the host really answers', () => {
  it.each(
    operations.flatMap(({ path, answers }) => {
      const name = answers[200]?.[1]?.['application/json'];
      if (name === undefined || !(name in answerSchemas) || path === '/ingest') return [];
      return [[path, name] as const];
    }),
  )('at %s is a %s, and no more', async (path, name) => {
    await withHost({}, async (host) => {
      await post(host, '/ingest', events);
      const filled = path.replace('{id}', 't').replace('{span}', 's');
      const body = await get(host, filled);
      const schema = Object.entries(answerSchemas).find(([known]) => known === name)?.[1];
      expect(schema?.parse(body)).toEqual(body);
    });
  });

  it('is a page without a script, and a document, both with the right type', async () => {
    await withHost({}, async (host) => {
      const page = await fetch(`${host.url}/docs`);
      expect(page.headers.get('content-type')).toMatch('text/html');
      const html = await page.text();
      for (const { path } of operations) expect(html).toContain(`<code>${path}</code>`);
      expect(html).not.toMatch(/<script|https?:\/\//);
      expect(await get(host, '/openapi.json')).toEqual(JSON.parse(JSON.stringify(document)));
    });
  });
});
