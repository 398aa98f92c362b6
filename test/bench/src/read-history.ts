import { readFileSync } from 'node:fs';

/** An item of the Chat Completions format, as far as these measurements read it. */
export type RecordedItem = {
  readonly role: 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly tool_call_id?: string | undefined;
  readonly tool_calls?: readonly RecordedCallItem[];
};
type RecordedCallItem = {
  readonly id: string | undefined;
  readonly type: 'function';
  readonly function: { readonly name: string | undefined; readonly arguments: string };
};

type Part = {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly arguments?: unknown;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly content?: string | readonly Part[];
};
type Line = {
  readonly type?: string;
  readonly isSidechain?: boolean;
  readonly isCompactSummary?: boolean;
  readonly message?: {
    readonly role: 'user' | 'assistant' | 'toolResult' | 'bashExecution';
    readonly content?: string | readonly Part[];
    readonly toolCallId?: string;
    readonly command?: string;
    readonly output?: string;
  };
};

/**
 * The whole history of a recorded session, as pi and Claude Code write it: one JSON object a line. Summaries that
 * the recording agent made of itself are left out: its history is what it did.
 */
export function readHistory(path: string): readonly RecordedItem[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => itemsOf(JSON.parse(line) as Line));
}

function itemsOf({ type, message, isSidechain, isCompactSummary }: Line): readonly RecordedItem[] {
  if (message === undefined || isSidechain === true || isCompactSummary === true) return [];
  if (type !== 'message' && type !== 'user' && type !== 'assistant') return [];
  const parts = partsOf(message.content);
  const text = textOf(parts);
  switch (message.role) {
    case 'toolResult':
      return [{ role: 'tool', tool_call_id: message.toolCallId, content: text }];
    case 'bashExecution':
      return [{ role: 'user', content: `$ ${message.command}\n${message.output}` }];
    case 'user':
      return [...parts.filter((part) => part.type === 'tool_result').map(resultOf), ...said('user', text)];
    case 'assistant': {
      const calls = parts.filter((part) => part.type === 'toolCall' || part.type === 'tool_use').map(callOf);
      return calls.length === 0
        ? said('assistant', text)
        : [{ role: 'assistant', content: text, tool_calls: calls }];
    }
  }
}

function said(role: 'user' | 'assistant', content: string): readonly RecordedItem[] {
  return content === '' ? [] : [{ role, content }];
}

function resultOf(part: Part): RecordedItem {
  return { role: 'tool', tool_call_id: part.tool_use_id, content: textOf(partsOf(part.content)) };
}

function callOf({ id, name, arguments: given, input }: Part): RecordedCallItem {
  return { id, type: 'function', function: { name, arguments: JSON.stringify(given ?? input ?? {}) } };
}

function partsOf(content: string | readonly Part[] | undefined): readonly Part[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
}

function textOf(parts: readonly Part[]): string {
  return parts.flatMap((part) => (part.type === 'text' ? (part.text ?? '') : [])).join('\n');
}
