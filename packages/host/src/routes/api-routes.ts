import { Hono } from 'hono';
import { docsPage } from '../openapi/docs-page.ts';
import { openApiDocument } from '../openapi/document.ts';

/** The API's own description, made when it is first asked for. */
export function apiRoutes(): Hono {
  let document: ReturnType<typeof openApiDocument> | undefined;
  return new Hono()
    .get('/openapi.json', (c) => c.json((document ??= openApiDocument())))
    .get('/docs', (c) => c.html(docsPage()));
}
