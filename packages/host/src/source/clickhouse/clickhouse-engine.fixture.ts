import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** The part of npm's `chdb`, ClickHouse's engine as a library, that the front below needs. */
type Engine = {
  queryBindAsync: (
    sql: string,
    parameters: Readonly<Record<string, string>>,
    options: { readonly format: string },
  ) => Promise<{ text: () => string }>;
  close: () => void;
};

/**
 * Where the engine is: the folder that `npm install --prefix <folder> chdb` filled. It is half a gigabyte, too much
 * to install with the repository.
 */
export const engineFolder = process.env.CHDB_DIR;

export type ClickhouseEngine = { readonly url: string; readonly close: () => Promise<void> };

/** ClickHouse's own engine behind the part of its HTTP interface that is used here, on loopback. */
export async function startClickhouseEngine(folder: string, database: string): Promise<ClickhouseEngine> {
  const engine = await openEngine(folder);
  const server = createServer((request, response) => {
    answer(engine, request).then(
      (text) => response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(text),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        const code = /^Code: (\d+)/.exec(message)?.[1] ?? '1';
        response.writeHead(code === '60' ? 404 : 500, { 'x-clickhouse-exception-code': code }).end(message);
      },
    );
  });
  const port = await listen(server);
  return {
    url: `clickhouse://127.0.0.1:${port}/${database}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      engine.close();
    },
  };
}

async function openEngine(folder: string): Promise<Engine> {
  const entry = pathToFileURL(resolve(join(folder, 'node_modules/chdb/index.mjs'))).href;
  const loaded: { readonly Session: new () => Engine } = await import(/* @vite-ignore */ entry);
  return new loaded.Session();
}

/** The statement is `?query=` followed by the body; its values are `?param_name=`, with backslash escapes. */
async function answer(engine: Engine, request: IncomingMessage): Promise<string> {
  const url = new URL(request.url ?? '/', 'http://front');
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Uint8Array).parse(chunk));
  const body = Buffer.concat(chunks).toString();
  const query = url.searchParams.get('query');
  const parameters = Object.fromEntries(
    [...url.searchParams].flatMap(([key, value]) =>
      key.startsWith('param_') ? [[key.slice('param_'.length), unescape(value)]] : [],
    ),
  );
  const format = url.searchParams.get('default_format') ?? 'TabSeparated';
  const result = await engine.queryBindAsync(query === null ? body : `${query}\n${body}`, parameters, {
    format,
  });
  return result.text();
}

const characters: Readonly<Record<string, string>> = { '\\': '\\', t: '\t', n: '\n', r: '\r', '0': '\0' };

function unescape(value: string): string {
  // oxlint-disable-next-line no-control-regex -- a value that was not escaped is a mistake of the client
  if (/[\t\n\r\0]/.test(value))
    throw new Error(`Code: 457. DB::Exception: ${JSON.stringify(value)} is not escaped`);
  return value.replaceAll(/\\(.)/g, (_, character: string) => characters[character] ?? character);
}

function listen(server: Server): Promise<number> {
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done(z.object({ port: z.number() }).parse(server.address()).port));
  });
}
