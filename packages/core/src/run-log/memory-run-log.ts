import { parseRunLogLine } from './run-log-line.ts';
import type { RunLogLine } from './run-log-line.ts';
import type { RunLog } from './run-log.ts';

/** Keeps logs in this process, as text: for tests, and where nothing may touch a disk. */
export class MemoryRunLog implements RunLog {
  readonly name = 'memory';
  readonly #texts = new Map<string, string[]>();

  async append(sessionId: string, lines: readonly RunLogLine[], signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const texts = this.#texts.get(sessionId) ?? [];
    this.#texts.set(sessionId, texts);
    for (const line of lines) texts.push(JSON.stringify(line));
    return this.end(sessionId);
  }

  async end(sessionId: string): Promise<string> {
    return String(this.#texts.get(sessionId)?.length ?? 0);
  }

  async *read(sessionId: string, signal: AbortSignal): AsyncIterable<RunLogLine> {
    for (const text of this.#texts.get(sessionId) ?? []) {
      signal.throwIfAborted();
      const line = parseRunLogLine(text);
      if (line !== undefined) yield line;
    }
  }
}
