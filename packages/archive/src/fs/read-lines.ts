import { createReadStream } from 'node:fs';
import { codeOf } from './error-code.ts';

/** The lines of a file, one at a time; none where there is no file. What follows the last newline is no line yet. */
export async function* readLines(path: string, signal: AbortSignal): AsyncIterable<string> {
  signal.throwIfAborted();
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', signal })) {
      const lines = `${rest}${String(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        signal.throwIfAborted();
        yield line;
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
