import type { MiddlewareHandler } from 'hono';
import { isLoopback } from '../is-loopback.ts';
import type { ErrorBody } from '../wire.ts';

/**
 * Keeps web pages of others out. Bound to loopback, a request must name a loopback host: a page that had its own
 * name resolve to this machine (DNS rebinding) does not. And a browser's write must come from a page of this
 * machine, of this host, or of an origin that was allowed: a page may send a plain POST anywhere without asking.
 */
export function guard(boundTo: string, allowed: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    if (isLoopback(boundTo) && !isLoopback(hostnameOf(host))) return c.json(foreignHost(host), 403);
    const origin = c.req.header('origin');
    const isWrite = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if (isWrite && origin !== undefined && !allowed.includes(origin) && !isOwnOrigin(origin, host))
      return c.json(foreignOrigin(origin), 403);
    return next();
  };
}

/** The name of a Host header, without its port. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

function isOwnOrigin(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.host === host || isLoopback(url.hostname);
}

function foreignHost(host: string): ErrorBody {
  return {
    error: 'Refused: the Host header is not a name of this machine',
    expected: 'localhost, 127.0.0.1 or [::1]; to be reached by other names, bind the host to another address',
    received: host,
  };
}

function foreignOrigin(origin: string): ErrorBody {
  return {
    error: 'Refused: the request comes from a page of another site',
    expected: 'no Origin, or a local one',
    received: origin,
  };
}
