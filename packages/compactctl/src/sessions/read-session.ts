import { UsageError } from '../usage-error.ts';
import { aiSdk } from './ai-sdk.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { isNative } from './native.ts';
import type { Native } from './native.ts';
import { openEnvelope } from './open-envelope.ts';
import { pi } from './pi.ts';
import { plainMessages } from './plain-messages.ts';
import { readValues } from './read-values.ts';
import type { SessionContent, SessionFormat } from './session-format.ts';
import { sweAgent } from './swe-agent.ts';

export type RecordedSession = SessionContent & {
  /** What could not be read, with the number of its line. */
  readonly problems: readonly string[];
};

/** In this order: the first that knows its own. */
const formats: readonly SessionFormat[] = [sweAgent, pi, claudeCode, codex, aiSdk, plainMessages];

/**
 * Reads a recorded session, whatever wrote it: a JSON array, JSONL or a request body of Agents SDK items, OpenAI
 * Responses or Chat Completions, Anthropic Messages or AI SDK messages; a transcript of Claude Code, a rollout of
 * Codex, a session of pi, a trajectory of SWE-agent. A damaged line is reported with its number and skipped.
 *
 * @throws UsageError where there is no message in it
 */
export async function readSession(path: string): Promise<RecordedSession> {
  const { values, problems } = await readValues(path);
  const { values: opened, ...beside } = openEnvelope(values.filter((value) => value !== null));
  const natives = opened.filter(isNative);
  const content = contentOf(natives);
  if (content !== undefined) return { ...beside, ...content, problems };
  const seen = problems.length === 0 ? '' : ` (${problems.length} lines were no JSON)`;
  throw new UsageError(
    `${path} has no messages${seen}: expected a JSON array or JSONL of messages, or a session of Claude Code, Codex, pi or SWE-agent`,
  );
}

/** The messages among values, by the first format that knows its own. */
export function contentOf(natives: readonly Native[]): SessionContent | undefined {
  for (const format of formats) {
    const content = format(natives);
    if (content !== undefined && content.items.length > 0) return content;
  }
  return undefined;
}
