import type { RunLogLine } from './run-log-line.ts';

/**
 * Keeps the log of each conversation: lines that are added and never changed.
 *
 * Contract: lines are read in the order in which they were appended, whatever process did that; what a crash has cut
 * short is no line; the same line twice is harmless.
 */
export interface RunLog {
  readonly name: string;
  /**
   * Resolves when the lines are as safe as the log promises; rejects where they may not be there.
   *
   * @returns the name of the end behind them, where nobody else has written meanwhile
   */
  append(sessionId: string, lines: readonly RunLogLine[], signal: AbortSignal): Promise<string>;
  /** Names the end of a log: another name after each append, whoever made it. */
  end(sessionId: string, signal: AbortSignal): Promise<string>;
  read(sessionId: string, signal: AbortSignal): AsyncIterable<RunLogLine>;
}
