import { existsSync, readFileSync } from 'node:fs';
import type { ChatItem, Usage } from '@clew/core';

/** A session of a coding agent with what the provider reported of each call; it is not part of the repository. */
export const recordedSession =
  process.env['CLEW_RECORDED_SESSION'] ??
  new URL('../../../../shared/data/pi-large-session.jsonl', import.meta.url).pathname;
export const hasRecordedSession = existsSync(recordedSession);

export type RecordedCall = {
  readonly items: readonly ChatItem[];
  readonly usage: Usage;
  /** When it was sent, in epoch milliseconds. */
  readonly at: number;
};

type Part = {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly arguments?: unknown;
};
type Message = {
  readonly role: 'user' | 'assistant' | 'toolResult';
  readonly content: string | readonly Part[];
  readonly toolCallId?: string;
  readonly timestamp?: number;
  readonly usage?: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
  };
};

/** Each call of the session: what was sent, and what was reported. */
export function recordedCalls(path: string = recordedSession): readonly RecordedCall[] {
  const items: ChatItem[] = [];
  const calls: RecordedCall[] = [];
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const { type, message } = line === '' ? {} : (JSON.parse(line) as { type?: string; message?: Message });
    if (type !== 'message' || message === undefined) continue;
    const { input = 0, output = 0, cacheRead = 0, cacheWrite = 0 } = message.usage ?? {};
    const inputTokens = input + cacheRead + cacheWrite;
    if (inputTokens > 0) {
      const cached = { cacheReadInputTokens: cacheRead, cacheWriteInputTokens: cacheWrite };
      const usage = { inputTokens, outputTokens: output, ...cached };
      calls.push({ items: [...items], usage, at: message.timestamp ?? 0 });
    }
    items.push(...chatItems(message));
  }
  return calls;
}

function chatItems({ role, content, toolCallId }: Message): readonly ChatItem[] {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  const text = parts.flatMap((part) => (part.type === 'text' ? (part.text ?? '') : [])).join('\n');
  if (role === 'toolResult') return [{ role: 'tool', tool_call_id: toolCallId, content: text }];
  if (role === 'user') return [{ role, content: text }];
  const calls = parts
    .filter(({ type }) => type === 'toolCall')
    .map((part) => ({
      id: part.id,
      type: 'function',
      function: { name: part.name, arguments: JSON.stringify(part.arguments) },
    }));
  if (text === '' && calls.length === 0) return [];
  return [{ role, content: text, ...(calls.length === 0 ? {} : { tool_calls: calls }) }];
}
