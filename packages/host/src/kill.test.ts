import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openStore } from './store/store.ts';

// A host that is killed at any moment. Every span that it had acknowledged is there at the next start.

/** Within the package, where a process of its own finds the driver of the database. */
const built = mkdtempSync(fileURLToPath(new URL('../node_modules/.clew-built-', import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'clew-kill-'));
const children: ChildProcess[] = [];

/** A file of JavaScript from the sources: a process of its own knows no TypeScript. */
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@clew/source'] },
    ssr: { noExternal: true, external: ['libsql'], resolve: { conditions: ['@clew/source'] } },
    build: {
      ssr: fileURLToPath(new URL('host-process.fixture.ts', import.meta.url)),
      outDir: built,
      rolldownOptions: { output: { entryFileNames: 'host.mjs' } },
    },
  });
}, 60_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const path of [built, folder]) rmSync(path, { recursive: true, force: true });
});

async function start(database: string): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [join(built, 'host.mjs'), database], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const line: unknown[] = await once(child.stdout, 'data');
  return { url: String(line[0]).trim(), child };
}

/** Sends without a pause until the host is gone, and notes what was acknowledged. */
async function send(url: string, sender: string, acknowledged: Set<string>): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const ids = Array.from({ length: 1 + (turn % 40) }, (_, index) => `${sender}-${turn}-${index}`);
    const body = turn % 2 === 0 ? ariadne(sender, ids) : otlp(sender, ids);
    try {
      const response = await fetch(url + body.path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body.json),
      });
      if (response.ok) for (const id of body.ids) acknowledged.add(id);
      await response.arrayBuffer();
    } catch {
      return;
    }
  }
}

type Body = { readonly path: string; readonly ids: readonly string[]; readonly json: object };

function ariadne(sender: string, ids: readonly string[]): Body {
  const events = ids.map((id) => ({
    type: 'span',
    trace_id: `t-${sender}`,
    span_id: id,
    ended_at: '2025-01-01T00:00:00Z',
    data: { 'gen_ai.conversation.id': sender, text: 'x'.repeat(300) },
  }));
  return { path: '/ingest', ids, json: { batch: events } };
}

function otlp(sender: string, names: readonly string[]): Body {
  const hex = (text: string, length: number): string =>
    Buffer.from(text).toString('hex').padStart(length, '1').slice(-length);
  const traceId = hex(sender, 32);
  const ids = names.map((name) => hex(name, 16));
  const spans = ids.map((spanId) => ({
    traceId,
    spanId,
    name: 'work',
    endTimeUnixNano: '1700000000000000000',
  }));
  return { path: '/v1/traces', ids, json: { resourceSpans: [{ scopeSpans: [{ spans }] }] } };
}

const Count = z.object({ count: z.number() });

it('loses nothing that it acknowledged, killed at several moments, one after the other, of one database', async () => {
  const path = join(folder, 'spans.db');
  const acknowledged = new Set<string>();
  const moments: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const { url, child } = await start(path);
    const senders = ['a', 'b', 'c'].map((name) => send(url, `${round}${name}`, acknowledged));
    const before = acknowledged.size;
    await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before), {
      timeout: 10_000,
      interval: 1,
    });
    const moment = Math.random() * 250;
    moments.push(moment);
    await sleep(moment);
    child.kill('SIGKILL');
    await Promise.all([once(child, 'exit'), ...senders]);

    const store = openStore({ path, now: Date.now });
    const { spans } = store.totals();
    const kept = new Set<string>();
    for (let cursor = 0, items = store.readAfter(0); items.length > 0; items = store.readAfter(cursor)) {
      cursor = items.at(-1)?.cursor ?? cursor;
      for (const { message } of items) if (message.type === 'span') kept.add(message.id);
    }
    const listed = store
      .sessionsAfter(undefined, 1000)
      .reduce((sum, { spanCount = 0 }) => sum + spanCount, 0);
    await store.close();
    const lost = [...acknowledged].filter((id) => !kept.has(id));
    expect({ moments, lost }).toEqual({ moments, lost: [] });
    expect({ spans, listed }).toEqual({ spans: kept.size, listed: kept.size });
    const database = new Database(path);
    expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(Count.parse(database.prepare('SELECT COUNT(*) AS count FROM spans').get()).count).toBe(spans);
    database.close();
  }
  expect(acknowledged.size).toBeGreaterThan(100);
}, 60_000);
