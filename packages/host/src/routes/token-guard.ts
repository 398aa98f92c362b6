import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { ErrorBody } from '../wire.ts';

const COOKIE = 'clew_token';

/**
 * Lets in who knows the token: by `Authorization: Bearer`, or by a cookie, since a browser's EventSource can send no
 * header. `GET /?token=…` gives the cookie and leads to the page without it, so that the token stands in no history.
 * `/healthz` is open: probes know no secret, and it tells a count.
 */
export function tokenGuard(token: string): MiddlewareHandler {
  const digest = digestOf(token);
  const isToken = (given: string | undefined): boolean =>
    given !== undefined && timingSafeEqual(digestOf(given), digest);

  return async (c, next) => {
    if (c.req.path === '/healthz') return next();
    if (c.req.path === '/' && isToken(c.req.query('token'))) return enter(c, token);
    if (isToken(bearer(c.req.header('authorization'))) || isToken(getCookie(c, COOKIE))) return next();
    c.header('WWW-Authenticate', 'Bearer');
    return c.json(unknown, 401);
  };
}

/** Of one length, whatever was given: so a comparison tells nothing. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function bearer(header: string | undefined): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
}

function enter(c: Context, token: string): Response {
  setCookie(c, COOKIE, token, { httpOnly: true, sameSite: 'Strict', path: '/' });
  return c.redirect('/', 303);
}

const unknown: ErrorBody = {
  error: 'Unauthorized',
  expected: 'Authorization: Bearer <token>; in a browser, open /?token=<token> once',
};
