import { anthropic } from '@clew/core';
import { isNative, nativesIn } from './native.ts';
import type { Native } from './native.ts';
import type { SessionContent } from './session-format.ts';

/**
 * A transcript of Claude Code: one record a line, with pieces of messages of Anthropic's API in some, a block each.
 * Pieces of one role that follow one another are one message here, as the API reads them. What subagents said, and
 * summaries that Claude Code made of itself, are left out: what those stand for is in the file.
 */
export function claudeCode(values: readonly Native[]): SessionContent | undefined {
  const items = joined(values.filter(isMessageRecord).map(({ message }) => message));
  return items.length === 0 ? undefined : { format: 'claude-code', dialect: anthropic, items };
}

function isMessageRecord(value: Native): value is Native & { readonly message: Native } {
  const { type, message, isSidechain, isCompactSummary } = value;
  if (isSidechain === true || isCompactSummary === true) return false;
  if (type !== 'user' && type !== 'assistant') return false;
  return isNative(message) && typeof message['role'] === 'string';
}

function joined(pieces: readonly Native[]): readonly Native[] {
  const messages: Native[] = [];
  for (const piece of pieces) {
    const last = messages.at(-1);
    if (last === undefined || last['role'] !== piece['role']) messages.push(piece);
    // The last piece knows what the whole has cost.
    else messages.push({ ...messages.pop(), ...piece, content: [...blocksOf(last), ...blocksOf(piece)] });
  }
  return messages;
}

function blocksOf({ content }: Native): readonly Native[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : nativesIn(content);
}
