import { createHost, type Host } from '../host.ts';
import type { HostOptionsInput } from '../host-options.ts';

/** Runs a real host on a free port for the time of `use`. */
export async function withHost<T>(options: HostOptionsInput, use: (host: Host) => Promise<T>): Promise<T> {
  const host = await createHost({ port: 0, ...options });
  try {
    return await use(host);
  } finally {
    await host.close();
  }
}

/** Posts a body: text and bytes as they are, anything else as JSON. */
export function post(
  host: Host,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(host.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body:
      typeof body === 'string' || body instanceof Uint8Array
        ? new Uint8Array(Buffer.from(body))
        : JSON.stringify(body),
  });
}

export async function get(host: Host, path: string): Promise<unknown> {
  const response = await fetch(host.url + path);
  return response.json();
}
