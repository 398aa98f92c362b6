import { Hono, type Context } from 'hono';
import { stream } from 'hono/streaming';
import { z } from 'zod';
import { facetsOf } from '../facets-of.ts';
import { HostError } from '../host-error.ts';
import { SessionQuery } from '../source/session-query.ts';
import type { ErrorBody } from '../wire.ts';
import type { HostContext } from './context.ts';
import { sessionLines } from './session-lines.ts';

/** The sessions of the source that the host reads: its own store, or another backend. */
export function sessionRoutes(context: HostContext): Hono {
  const { source } = context;
  const routes = new Hono()
    .get('/api/sessions', async (c) => {
      const query = SessionQuery.safeParse(typed(c.req.query()));
      if (!query.success) return c.json(invalid(query.error), 400);
      return c.json(await source.listSessions(query.data, c.req.raw.signal));
    })
    .get('/api/facets', async (c) => c.json(await facetsOf(source, c.req.raw.signal)))
    .get('/api/sessions/:id/spans', async (c) => {
      const id = c.req.param('id');
      const lines = sessionLines(context, id, c.req.raw.signal)[Symbol.asyncIterator]();
      // The first is waited for, so that what fails at once can still be answered.
      const first = await lines.next();
      if (first.done === true) return c.json(unknownSession(id), 404);
      c.header('content-type', 'application/x-ndjson');
      return stream(c, async (out) => {
        await out.write(first.value);
        for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
          if (out.aborted) return void (await lines.return(undefined));
          await out.write(next.value);
        }
      });
    });
  routes.onError(answerError);
  return routes;
}

/** Query parameters are text; what is a number or a boolean is made one. */
function typed(query: Record<string, string>): Record<string, unknown> {
  const numbers = new Set(['limit', 'from', 'to']);
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      if (numbers.has(name)) return [name, value === '' ? value : Number(value)];
      return [name, name === 'compacted' && /^(true|false)$/.test(value) ? value === 'true' : value];
    }),
  );
}

function answerError(error: Error, c: Context): Response | Promise<Response> {
  if (!HostError.isInstance(error)) throw error;
  const isCallers = error.code === 'source_query' || error.code === 'source_unsupported';
  return c.json({ error: error.code, message: error.message } satisfies ErrorBody, isCallers ? 400 : 502);
}

function invalid(error: z.ZodError): ErrorBody {
  return { error: 'The query is not valid', message: z.prettifyError(error) };
}

function unknownSession(id: string): ErrorBody {
  return {
    error: 'Unknown session',
    expected: 'the id of a session that GET /api/sessions lists',
    received: id,
  };
}
