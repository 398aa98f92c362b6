import type { Dialect, ItemView } from '@clew/core';
import { isNative, nativesIn, textOr } from './native.ts';
import type { Native } from './native.ts';
import type { SessionContent } from './session-format.ts';

/** Messages of the Vercel AI SDK: those that a model is sent, or those that its UI keeps. */
export function aiSdk(values: readonly Native[]): SessionContent | undefined {
  const items = values.filter(({ role }) => typeof role === 'string');
  return items.some(isAiSdkMessage) ? { format: 'ai-sdk', dialect: aiSdkMessages, items } : undefined;
}

function isAiSdkMessage({ parts, content, toolInvocations }: Native): boolean {
  if (nativesIn(parts).length > 0 || nativesIn(toolInvocations).length > 0) return true;
  return nativesIn(content).some(({ type }) => type === 'tool-call' || type === 'tool-result');
}

const aiSdkMessages: Dialect<object> = {
  name: 'ai-sdk',
  inspect: (item) => viewMessage(item as Native),
  replaceText: (item, text) => replaceText(item as Native, text),
  message: (role, text) => ({ role, content: text }),
  hasFlag: (item, flag) => (item as Native)[flag] === true,
  withoutFlag: (item, flag) => Object.fromEntries(Object.entries(item).filter(([name]) => name !== flag)),
};

const roles = ['system', 'user', 'assistant', 'tool'] as const;

function viewMessage(message: Native): ItemView {
  const role = roles.find((name) => name === message['role']) ?? 'assistant';
  const parts = partsOf(message);
  const text = parts
    .map(textOfPart)
    .filter((part) => part !== '')
    .join('\n');
  const mediaCount = parts.filter(({ type }) => type === 'image' || type === 'file').length;
  const idsOf = (wanted: string) =>
    parts.flatMap(({ type, toolCallId }) =>
      type === wanted && typeof toolCallId === 'string' ? toolCallId : [],
    );
  const [calls, answers] = [idsOf('tool-call'), idsOf('tool-result')];
  const view = {
    role,
    text,
    mediaCount,
    calls: calls.filter((id) => !answers.includes(id)),
    answers: answers.filter((id) => !calls.includes(id)),
  };
  const tools = parts.flatMap(({ toolName, toolCallId }) =>
    typeof toolName === 'string' && typeof toolCallId === 'string' ? [[toolCallId, toolName] as const] : [],
  );
  if (role === 'tool') return { ...view, kind: 'result', ...nameOf(tools) };
  if (calls.length === 0) return { ...view, kind: 'message' };
  return { ...view, kind: 'call', ...nameOf(tools), toolOf: Object.fromEntries(tools) };
}

function nameOf(tools: readonly (readonly [string, string])[]): Pick<ItemView, 'tool'> {
  return tools.length === 0 ? {} : { tool: [...new Set(tools.map(([, name]) => name))].join(', ') };
}

/** What a message says, does and gets back, each a part: in the UI's messages a call holds its result. */
function partsOf({ content, parts, toolInvocations }: Native): readonly Native[] {
  const said = typeof content === 'string' ? [{ type: 'text', text: content }] : nativesIn(content);
  if (Array.isArray(parts)) return nativesIn(parts).flatMap(uiPart);
  return [...said, ...nativesIn(toolInvocations).flatMap(uiTool)];
}

function uiPart(part: Native): readonly Native[] {
  const type = textOr(part['type']);
  if (type === 'tool-invocation' && isNative(part['toolInvocation'])) return uiTool(part['toolInvocation']);
  if (type === 'dynamic-tool') return uiTool(part);
  if (type.startsWith('tool-')) return uiTool({ toolName: type.slice('tool-'.length), ...part });
  return [part];
}

function uiTool(part: Native): readonly Native[] {
  const { toolCallId, toolName } = part;
  const output = part['output'] ?? part['result'] ?? part['errorText'];
  return [
    { type: 'tool-call', toolCallId, toolName, input: part['input'] ?? part['args'] },
    // A call of the UI is complete with its message: a result that never came is none that will.
    { type: 'tool-result', toolCallId, toolName, output: output ?? '' },
  ];
}

function textOfPart(part: Native): string {
  switch (part['type']) {
    case 'text':
    case 'reasoning':
      return textOr(part['text'], textOr(part['reasoning']));
    case 'tool-call':
      return `${textOr(part['toolName'])}(${jsonOf(part['input'] ?? part['args'])})`;
    case 'tool-result':
      return outputText(part['output'] ?? part['result']);
    default:
      return '';
  }
}

/** An output is a value with its type, or the value itself. */
function outputText(output: unknown): string {
  return isNative(output) && 'value' in output ? jsonOf(output['value']) : jsonOf(output);
}

function jsonOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function replaceText(message: Native, text: string): object {
  const { role, content } = message;
  if (role !== 'tool') return makesCalls(message) ? message : { ...message, ...textLike(message, text) };
  let isFirst = true;
  const parts = nativesIn(content).map((part) => {
    if (part['type'] !== 'tool-result') return part;
    const value = isFirst ? text : '';
    isFirst = false;
    return 'result' in part ? { ...part, result: value } : { ...part, output: { type: 'text', value } };
  });
  return { ...message, content: parts };
}

function makesCalls(message: Native): boolean {
  return partsOf(message).some(({ type }) => type === 'tool-call');
}

/** One text, where the message has its own. */
function textLike({ content, parts }: Native, text: string): Native {
  if (Array.isArray(parts)) return { parts: [{ type: 'text', text }] };
  return { content: Array.isArray(content) ? [{ type: 'text', text }] : text };
}
