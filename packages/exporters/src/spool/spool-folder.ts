import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** The folder of one sink: what was meant for one address never goes to another. */
export function spoolFolder(path: string, name: string, url: URL): string {
  const address = crc32(`${url.origin}${url.pathname}`).toString(16).padStart(8, '0');
  return join(path, `${name.replaceAll(/[^\w.-]/g, '_')}-${address}`);
}
