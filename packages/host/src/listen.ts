import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import type { HostLimits } from './limits.ts';
import { HostError } from './host-error.ts';

/** How long requests in flight may take to finish when the server closes. */
const GRACE_MILLIS = 500;

export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

/** What answers requests; node's own request and response come with them. */
type Fetch = (request: Request, node: HttpBindings | Http2Bindings) => Response | Promise<Response>;

type ListenOptions = {
  readonly port: number;
  readonly hostname: string;
  readonly limits: Pick<HostLimits, 'connections' | 'headersMillis' | 'requestMillis'>;
};

/** Serves on a port; 0 takes a free one. Rejects with a {@link HostError} if it cannot. */
export async function listen(fetch: Fetch, { port, hostname, limits }: ListenOptions): Promise<Listener> {
  // A library must not replace the globals of the app that it runs in.
  const server = createServer(
    {
      headersTimeout: limits.headersMillis,
      requestTimeout: limits.requestMillis,
      // How often both are looked at.
      connectionsCheckingInterval: Math.min(limits.headersMillis, 5000),
    },
    getRequestListener(fetch, { overrideGlobalObjects: false }),
  );
  server.maxConnections = limits.connections;
  server.listen(port, hostname);
  await once(server, 'listening').catch((error: unknown) => {
    throw toHostError(error, port, hostname);
  });
  return { url: urlOf(server, hostname), close: () => close(server) };
}

function urlOf(server: Server, hostname: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  // Connections fall idle one by one as their answers end.
  const sweep = setInterval(() => server.closeIdleConnections(), 10);
  // A client that reads nothing would hold its connection forever.
  const force = setTimeout(() => server.closeAllConnections(), GRACE_MILLIS);
  await closed;
  clearInterval(sweep);
  clearTimeout(force);
}

function toHostError(cause: unknown, port: number, hostname: string): HostError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return new HostError({
      code: 'port_in_use',
      message: `Port ${port} on ${hostname} is in use, perhaps by another host or by Ariadne. Stop that process, choose another port, or use port 0 for any free one.`,
      cause,
    });
  }
  return new HostError({
    code: 'listen_failed',
    message: `Cannot listen on ${hostname}:${port}: ${String(cause)}. Choose an address of this machine and a port that you may use.`,
    cause,
  });
}
