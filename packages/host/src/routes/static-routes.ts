import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/**
 * The viewer's built files. A path of no file that a browser navigates to gets the index, for the viewer's own
 * routes; any other missing file stays missing, so that a script is never answered with HTML.
 */
export function staticRoutes(root: string): Hono {
  const file = serveStatic({ root });
  const index = serveStatic({ root, path: 'index.html' });

  return new Hono()
    .use('*', async (c, next) => {
      await next();
      if (c.res.ok) c.res.headers.set('cache-control', cacheControl(c.req.path));
    })
    .get('*', file, (c, next) =>
      isNavigation(c.req.path, c.req.header('accept')) ? index(c, next) : next(),
    );
}

function isNavigation(path: string, accept: string | undefined): boolean {
  const isReserved = /^\/(api|v1|events|ingest|healthz|metrics|docs|openapi\.json)(\/|$)/.test(path);
  const hasExtension = /\.[^/]+$/.test(path);
  return !isReserved && !hasExtension && accept?.includes('text/html') === true;
}

/** The bundler puts a hash of the content into the names under /assets; anything else may change under its name. */
function cacheControl(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}
