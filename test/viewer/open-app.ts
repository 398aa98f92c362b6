import { createHost, type Host } from '@clew/host';
import type { Span } from '@clew/trace-model';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export type OpenApp = {
  readonly url: string;
  /** Sends spans as an agent does, in Ariadne's form. */
  readonly send: (spans: readonly Span[]) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Our own viewer, built from its sources and served by a host of its own. */
export async function openApp(): Promise<OpenApp> {
  const folder = await mkdtemp(join(tmpdir(), 'clew-app-'));
  const root = fileURLToPath(new URL('../../apps/viewer', import.meta.url));
  await build({ root, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
  const host: Host = await createHost({ database: ':memory:', viewerRoot: folder, port: 0 });
  return {
    url: host.url,
    async send(spans) {
      for (let from = 0; from < spans.length; from += 50) {
        const batch = spans.slice(from, from + 50).map(asEvent);
        const answer = await fetch(new URL('/ingest', host.url), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ batch }),
        });
        if (!answer.ok) throw new Error(`The host refused spans: ${answer.status} ${await answer.text()}`);
      }
    },
    async close() {
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function asEvent({ traceId, id, parentId, name, start, end, status, attrs }: Span): object {
  const iso = (time: number | undefined): string | undefined =>
    time === undefined ? undefined : new Date(time).toISOString();
  return {
    type: 'span',
    trace_id: traceId,
    span_id: id,
    parent_id: parentId,
    name,
    started_at: iso(start),
    ended_at: iso(end),
    status,
    data: attrs,
  };
}
