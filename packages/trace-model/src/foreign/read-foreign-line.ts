import { readClaudeCodeLine } from './claude-code-line.ts';
import { readCodexLine } from './codex-line.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';

/** The compaction that a line of another tool's transcript tells of. A session that the line names goes first. */
export function readForeignLine(line: unknown, sessionId?: string): ForeignCompaction | undefined {
  const claude = readClaudeCodeLine(line);
  if (claude === undefined) return readCodexLine(line, sessionId);
  return claude.sessionId === undefined && sessionId !== undefined ? { ...claude, sessionId } : claude;
}
