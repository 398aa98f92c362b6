import { Hono, type Context } from 'hono';
import type { SpanTexts } from '../store/span-pages.ts';
import type { ErrorBody, StoredSpan, TraceDetail, TraceList } from '../wire.ts';
import type { HostContext } from './context.ts';
import { readCursor, readLimit } from './query.ts';

/** What is stored, by question. */
export function queryRoutes({ store }: HostContext): Hono {
  return new Hono()
    .get('/api/traces', (c) => {
      const limit = readLimit(c, { preset: 100, max: 1000 });
      if (typeof limit !== 'number') return c.json(limit, 400);
      const traces = store.listTraces({ limit, session: c.req.query('session') });
      return c.json({ traces } satisfies TraceList);
    })
    .get('/api/traces/:id', (c) => {
      const id = c.req.param('id');
      const detail = store.readTrace(id);
      if (detail === undefined) return c.json(unknownTrace(id), 404);
      return c.json(detail satisfies TraceDetail);
    })
    .get('/api/traces/:id/spans/:span', (c) => {
      const { id, span } = c.req.param();
      const found = store.readSpan(id, span);
      if (found === undefined) return c.json(unknownSpan(id, span), 404);
      return c.json(found satisfies StoredSpan);
    })
    .get('/api/spans', (c) => {
      const after = readCursor(c);
      const limit = readLimit(c, { preset: 500, max: 1000 });
      if (typeof after !== 'number') return c.json(after, 400);
      if (typeof limit !== 'number') return c.json(limit, 400);
      return json(c, spanPage(store.readSpans({ after, limit, session: c.req.query('session') })));
    });
}

/** A SpanPage, of spans that are text already. */
function spanPage({ spans, cursor, more }: SpanTexts): string {
  return `{"spans":[${spans.join(',')}],"cursor":${cursor},"more":${more}}`;
}

function json(c: Context, text: string): Response {
  return c.body(text, 200, { 'content-type': 'application/json' });
}

function unknownSpan(trace: string, span: string): ErrorBody {
  return {
    error: 'Unknown span',
    expected: 'the ids of a trace and of a span of it',
    received: `${trace}, ${span}`,
  };
}

function unknownTrace(id: string): ErrorBody {
  return { error: 'Unknown trace', expected: 'the id of a trace that GET /api/traces lists', received: id };
}
