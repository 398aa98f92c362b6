import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { agents, chat } from '@clew/core';
import type { AgentItem, Dialect } from '@clew/core';
import { UsageError } from '../usage-error.ts';
import { fromPi, isPiLine } from './pi-session.ts';

export type RecordedSession = {
  /** `agents`, `chat`, or the tool that wrote it. */
  readonly format: string;
  readonly dialect: Dialect<AgentItem>;
  readonly items: readonly AgentItem[];
  /** Lines that could not be read, with their numbers. */
  readonly problems: readonly string[];
};

/**
 * Reads a recorded session: a JSON array, or JSONL with one item a line, of Agents SDK items or Chat Completions
 * messages; or a pi session. A damaged line is reported with its number and skipped.
 */
export async function readSession(path: string): Promise<RecordedSession> {
  const { values, problems } = await readLines(path);
  const only = values.length === 1 ? values[0] : undefined;
  const items = (Array.isArray(only) ? (only as unknown[]) : values).filter(isItem);
  if (items.length === 0)
    throw new UsageError(`${path} has no items: expected a JSON array or JSONL of messages`);
  if (items.some(isPiLine)) return { format: 'pi', dialect: chat, items: items.flatMap(fromPi), problems };
  const isAgents = items.some((item) => typeof item['type'] === 'string' && item['type'] !== 'message');
  return { format: isAgents ? 'agents' : 'chat', dialect: isAgents ? agents : chat, items, problems };
}

async function readLines(path: string): Promise<{ values: readonly unknown[]; problems: readonly string[] }> {
  const values: unknown[] = [];
  const problems: string[] = [];
  const lines: string[] = [];
  const stream = createReadStream(path, 'utf8');
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) lines.push(line);
  } catch (error) {
    throw new UsageError(
      `${path} could not be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const whole = parse(lines.join('\n'));
  if (Array.isArray(whole)) return { values: [whole], problems };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const value = parse(line);
    if (value === undefined) problems.push(`${path}:${index + 1}: not JSON, skipped`);
    else values.push(value);
  }
  return { values, problems };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isItem(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
