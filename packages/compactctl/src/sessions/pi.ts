import { chat } from '@clew/core';
import type { Dialect } from '@clew/core';
import { dialectLike } from './dialect-like.ts';
import { lastBranch } from './last-branch.ts';
import { isNative, nativesIn, textOr } from './native.ts';
import type { Native } from './native.ts';
import type { SessionContent } from './session-format.ts';

/**
 * A session of pi: one entry a line, the messages among them. Where the entries are a tree, the branch that ends
 * last is the session. Summaries that pi made are left out: what they stand for is in the file.
 */
export function pi(values: readonly Native[]): SessionContent | undefined {
  const entries = values.filter(isMessageEntry);
  // The messages alone, as `compact` writes them.
  if (entries.length === 0) {
    return values.some(isOwnMessage) ? { format: 'pi', dialect: piMessages, items: values } : undefined;
  }
  const items = lastBranch(values)
    .filter(isMessageEntry)
    .map(({ message }) => message);
  return { format: 'pi', dialect: piMessages, items };
}

type MessageEntry = Native & { readonly message: Native };

function isMessageEntry(value: Native): value is MessageEntry {
  const { type, message } = value;
  return type === 'message' && isNative(message) && typeof message['role'] === 'string';
}

function isOwnMessage({ role, content }: Native): boolean {
  return (
    role === 'toolResult' ||
    (role === 'assistant' && nativesIn(content).some(({ type }) => type === 'toolCall'))
  );
}

/** The messages of pi: a call is a part of an answer, a result a message of its own. */
const piMessages: Dialect<object> = dialectLike(chat, {
  name: 'pi',
  read: (item) => readMessage(item as Native),
  replaceText,
  message: (role, text) => ({ role, content: [{ type: 'text', text }] }),
});

function readMessage(message: Native): object {
  const { role, content } = message;
  const shown = typeof content === 'string' ? content : nativesIn(content).flatMap(partOf);
  switch (role) {
    case 'toolResult':
      return {
        role: 'tool',
        tool_call_id: message['toolCallId'],
        name: message['toolName'],
        content: shown,
      };
    case 'assistant': {
      const calls = nativesIn(content).filter(({ type }) => type === 'toolCall');
      return { role, content: shown, ...(calls.length === 0 ? {} : { tool_calls: calls.map(callOf) }) };
    }
    case 'bashExecution':
      return { role: 'user', content: `$ ${textOr(message['command'])}\n${textOr(message['output'])}` };
    case 'branchSummary':
    case 'compactionSummary':
      return { role: 'user', content: textOr(message['summary']) };
    default:
      return { role: 'user', content: shown };
  }
}

function partOf(part: Native): readonly object[] {
  switch (part['type']) {
    case 'text':
      return [{ type: 'text', text: textOr(part['text']) }];
    case 'image': {
      const url = `data:${textOr(part['mimeType'], 'image/png')};base64,${textOr(part['data'])}`;
      return [{ type: 'image_url', image_url: { url } }];
    }
    default:
      return [];
  }
}

function callOf({ id, name, arguments: given }: Native): object {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(given ?? {}) } };
}

function replaceText(item: object, text: string): object {
  const message = item as Native;
  if (message['role'] === 'bashExecution') return { ...message, output: text };
  if (typeof message['content'] === 'string') return { ...message, content: text };
  const parts = nativesIn(message['content']);
  if (parts.some(({ type }) => type === 'toolCall')) return message;
  const others = parts.filter(({ type }) => type !== 'text' && type !== 'image');
  return { ...message, content: [...others, { type: 'text', text }] };
}
