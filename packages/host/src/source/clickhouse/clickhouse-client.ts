import { linesOf } from '../lines-of.ts';
import { sourceError, excerpt } from '../source-error.ts';
import { sourceFetch } from '../source-fetch.ts';
import type { ClickhouseAddress } from './clickhouse-address.ts';

/** Values for the `{name:Type}` places of a statement. They never become part of its text. */
export type Parameters = Readonly<Record<string, string | number>>;

/** ClickHouse by its HTTP interface. No setting is sent, so that a read-only user will do for reading. */
export interface ClickhouseClient {
  /** For messages and people. */
  readonly name: string;
  /** The rows of an answer, one by one, as they come. */
  query(sql: string, parameters: Parameters, signal: AbortSignal): AsyncIterable<unknown>;
  /** Runs a statement that answers nothing; `data` follows it, as an INSERT wants it. */
  run(sql: string, parameters: Parameters, signal: AbortSignal, data?: string): Promise<void>;
}

export function createClickhouseClient(address: ClickhouseAddress): ClickhouseClient {
  const { endpoint, user, password, database, table } = address;
  const name = `ClickHouse (${endpoint}, ${database}.${table})`;
  const headers = {
    ...(user !== '' && { 'x-clickhouse-user': user }),
    ...(password !== '' && { 'x-clickhouse-key': password }),
  };

  /** The statement goes in the body, or before the data, whose size has no bound, in the address. */
  async function ask(
    sql: string,
    parameters: Parameters,
    signal: AbortSignal,
    data?: string,
  ): Promise<Response> {
    const url = new URL('/', endpoint);
    url.searchParams.set('default_format', 'JSONEachRow');
    const all: Parameters = { database, table, ...parameters };
    for (const [key, value] of Object.entries(all))
      url.searchParams.set(`param_${key}`, escape(String(value)));
    if (data !== undefined) url.searchParams.set('query', sql);
    return sourceFetch({ url, method: 'POST', headers, body: data ?? sql, name }, signal);
  }

  return {
    name,
    async *query(sql, parameters, signal) {
      const response = await ask(sql, parameters, signal);
      for await (const line of linesOf(response, signal)) yield readRow(line, name);
    },
    async run(sql, parameters, signal, data) {
      const response = await ask(sql, parameters, signal, data);
      await response.arrayBuffer();
    },
  };
}

const escapes: Readonly<Record<string, string>> = {
  '\\': String.raw`\\`,
  '\t': String.raw`\t`,
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\0': String.raw`\0`,
};

/** A value as the HTTP interface takes it: with backslashes, as in tab-separated values. */
function escape(text: string): string {
  // oxlint-disable-next-line no-control-regex -- just these have to be escaped
  return text.replaceAll(/[\\\t\n\r\0]/g, (character) => escapes[character] ?? character);
}

/** What fails half-way through an answer is told in its last line, in words. */
function readRow(line: string, name: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw sourceError(
      'source_answer',
      `Expected a row of JSON from ${name}, but received: ${excerpt(line)}. Ask again; if it stays so, look into the server's log.`,
      cause,
    );
  }
}
