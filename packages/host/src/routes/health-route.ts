import { Hono } from 'hono';
import type { Health } from '../wire.ts';
import type { HostContext } from './context.ts';

/** `GET /healthz`, as Ariadne answers it. The store has no fixed capacity, so the largest exact number stands for it. */
export function healthRoute({ store, now }: HostContext): Hono {
  return new Hono().get('/healthz', (c) => {
    const { spans, traceEvents } = store.totals();
    return c.json({
      status: 'ok',
      timestamp: new Date(now()).toISOString(),
      events: { count: spans + traceEvents, capacity: Number.MAX_SAFE_INTEGER },
    } satisfies Health);
  });
}
