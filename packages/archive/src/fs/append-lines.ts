import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

const newline = 0x0a;

/**
 * Adds lines by a single write to a file opened for appending, so that the lines of two processes do not mix. What a
 * crash has left of another's line is closed first.
 *
 * @param isSynced whether to wait until they would survive a loss of power, too
 * @returns the name of the file's end behind them: another one where somebody else has written meanwhile
 */
export async function appendLines(
  path: string,
  lines: readonly string[],
  isSynced: boolean,
): Promise<string> {
  const file = await open(path, 'a+', 0o600);
  try {
    const { size, ino } = await file.stat();
    const isTorn = size > 0 && !(await endsInLine(file, size));
    const text = lines.map((line) => `${line}\n`).join('');
    const bytes = Buffer.from(isTorn ? `\n${text}` : text, 'utf8');
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) {
      throw new Error(
        `Only ${bytesWritten} of ${bytes.length} bytes were written to ${path}: is the disk full?`,
      );
    }
    if (isSynced) await file.sync();
    return nameOfEnd({ ino, size: size + bytes.length });
  } finally {
    await file.close();
  }
}

/** A file that was put in the place of another has an end of its own. */
export function nameOfEnd({ ino, size }: { readonly ino: number; readonly size: number }): string {
  return `${ino}.${size}`;
}

async function endsInLine(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === newline;
}
