import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const newline = 0x0a;

/**
 * Adds one line by a single write to a file opened for appending, so that the lines of two processes do not mix.
 * What a crash has left of another's line is closed first.
 */
export async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const bytes = Buffer.from(`${(await endsTorn(file)) ? '\n' : ''}${line}\n`, 'utf8');
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) {
      throw new Error(
        `Only ${bytesWritten} of ${bytes.length} bytes were written to ${path}: is the disk full?`,
      );
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

async function endsTorn(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== newline;
}
