import type { Span } from '../span.ts';
import { readAgentFramework } from './agent-framework.ts';
import { readClaudeCode } from './claude-code.ts';
import type { ForeignCompaction } from './foreign-compaction.ts';
import { readGeminiCli } from './gemini-cli.ts';
import { readGoogleAdk } from './google-adk.ts';
import { readOtelCompacted } from './otel-compacted.ts';

const readers = [readGoogleAdk, readAgentFramework, readClaudeCode, readGeminiCli, readOtelCompacted];
const seen = new WeakMap<Span, ForeignCompaction | null>();

/** The compaction that a span of another tool tells of, if it tells of one. */
export function readForeign(span: Span): ForeignCompaction | undefined {
  const earlier = seen.get(span);
  if (earlier !== undefined) return earlier ?? undefined;
  let found: ForeignCompaction | undefined;
  for (const read of readers) found ??= read(span);
  seen.set(span, found ?? null);
  return found;
}
