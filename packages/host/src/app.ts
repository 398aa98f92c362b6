import { Hono, type MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { operations } from './openapi/operations.ts';
import type { HostContext, HostEnv } from './routes/context.ts';
import { apiRoutes } from './routes/api-routes.ts';
import { corsFor } from './routes/cors.ts';
import { guard } from './routes/guard.ts';
import { healthRoute } from './routes/health-route.ts';
import { ingestRoute } from './routes/ingest-route.ts';
import { logsRoute } from './routes/logs-route.ts';
import { otlpRoute } from './routes/otlp-route.ts';
import { queryRoutes } from './routes/query-routes.ts';
import { sessionRoutes } from './routes/session-routes.ts';
import { staticRoutes } from './routes/static-routes.ts';
import { statsRoutes } from './routes/stats-routes.ts';
import { streamRoutes } from './routes/stream-routes.ts';
import { tokenGuard } from './routes/token-guard.ts';
import type { ErrorBody } from './wire.ts';

export type AppOptions = {
  /** The address that the server is bound to; it decides which Host headers are accepted. */
  readonly hostname: string;
  readonly viewerRoot: string | undefined;
  readonly token: string | undefined;
  readonly corsOrigins: readonly string[];
};

/** Every route behind one guard. */
export function createApp(
  context: HostContext,
  { hostname, viewerRoot, token, corsOrigins }: AppOptions,
): Hono<HostEnv> {
  const app = new Hono<HostEnv>()
    .use(secureHeaders(headers))
    .use(guard(hostname, corsOrigins))
    .use(corsOrigins.length === 0 ? everybody : corsFor(corsOrigins))
    .use(token === undefined ? everybody : tokenGuard(token))
    .route('/', ingestRoute(context))
    .route('/', otlpRoute(context))
    .route('/', logsRoute(context))
    .route('/', streamRoutes(context))
    .route('/', queryRoutes(context))
    .route('/', sessionRoutes(context))
    .route('/', statsRoutes(context))
    .route('/', apiRoutes())
    .route('/', healthRoute(context))
    .route('/', viewerRoot === undefined ? rootRoute() : staticRoutes(viewerRoot));
  app.notFound((c) =>
    c.json(
      { error: 'Not found', expected: endpoints.join(', '), received: c.req.path } satisfies ErrorBody,
      404,
    ),
  );
  app.onError((error, c) =>
    c.json({ error: 'Internal server error', message: error.message } satisfies ErrorBody, 500),
  );
  return app;
}

/** Leaves it to the others. */
const everybody: MiddlewareHandler = (_, next) => next();

const endpoints = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

function rootRoute(): Hono {
  return new Hono().get('/', (c) => c.json({ name: 'Clew host', endpoints }));
}

/** The viewer needs nothing from elsewhere; only its styles, which the chart library writes inline. */
const headers = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // The host speaks plain HTTP, where it has no meaning.
  strictTransportSecurity: false,
};
