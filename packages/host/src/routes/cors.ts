import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

/** Lets pages of the listed origins read and send; with none listed, no page of another site can read anything. */
export function corsFor(origins: readonly string[]): MiddlewareHandler {
  return cors({
    origin: (origin) => (origins.includes(origin) ? origin : null),
    allowMethods: ['GET', 'HEAD', 'POST', 'OPTIONS'],
    allowHeaders: ['Authorization', 'Content-Type', 'Content-Encoding', 'Last-Event-ID', 'Prefer'],
    exposeHeaders: ['Preference-Applied', 'Retry-After'],
    maxAge: 600,
  });
}
