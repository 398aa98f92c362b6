import { isClientCall, isClientResult, isThinking } from '../dialects/anthropic-blocks.ts';
import { fieldsOf } from '../dialects/fields-of.ts';
import type { Fields } from '../dialects/fields-of.ts';
import { readMessage } from './anthropic-message.ts';
import type { Message } from './anthropic-message.ts';
import { serverToolRules } from './server-tool-rules.ts';
import { pairFindings } from './pair-findings.ts';
import { perList } from './per-list.ts';
import { dropAt, editAt } from './rule.ts';
import type { Finding, Fixed, Rule, Slot } from './rule.ts';

/**
 * What the Messages API demands: results in the user message directly behind their calls and first in it, each call
 * answered once; what the provider's own tools gave back behind their call; no message without content and no
 * empty text, none of the assistant's that ends in thinking; the user first, and then by turns.
 *
 * By turns is lenient: "Consecutive `user` or `assistant` turns in your request will be combined into a single turn"
 * (Anthropic's reference of `messages`, read on 2026-11-21), and hosts such as Bedrock's Converse refuse them.
 */
export function anthropicRules(read: Read): readonly Rule[] {
  const pairs = perList((items) =>
    pairFindings(items.map(read).map(({ calls, results }) => ({ opens: calls, answers: results }))),
  );
  const seen = (find: (messages: readonly Message[]) => readonly Finding[]) => (items: readonly object[]) =>
    find(items.map(read));
  return [
    { name: 'empty_text', isLocal: true, find: seen(emptyTexts), fix: withoutEmptyTexts },
    { name: 'empty_message', isLocal: true, find: seen(emptyMessages), fix: dropAt },
    ...serverToolRules(read),
    {
      name: 'result_without_call',
      isLocal: true,
      find: (items) => pairs(items).orphans,
      fix: (slots, finding) => withoutBlock(slots, finding, isResultOf),
    },
    {
      name: 'duplicate_result',
      isLocal: false,
      find: (items) => pairs(items).repeated,
      fix: withoutLastResult,
    },
    {
      name: 'call_without_result',
      isLocal: true,
      find: (items) => pairs(items).unanswered,
      fix: (slots, finding) =>
        withoutBlock(slots, finding, (block, id) => isClientCall(block) && block['id'] === id),
    },
    { name: 'result_not_adjacent', isLocal: false, find: seen(farResults), fix: moveBehindCall },
    { name: 'result_not_first', isLocal: true, find: seen(lateResults), fix: resultsFirst },
    { name: 'thinking_last', isLocal: true, find: seen(trailingThinking), fix: withoutTrailingThinking },
    { name: 'alternation', isLocal: false, isLenient: true, find: seen(neighbours), fix: mergeWithPrevious },
    { name: 'first_message', isLocal: false, find: seen(wrongFirst), fix: insertFirst },
  ];
}

type Read = (item: object) => Message;

function isKnown(item: object | undefined): boolean {
  return readMessage(item).role !== undefined;
}

function contentOf(item: object | undefined): readonly Fields[] {
  return readMessage(item).blocks;
}

function callsOf(item: object | undefined): readonly string[] {
  return readMessage(item).calls;
}

function isResultOf(block: Fields, id: string | undefined): boolean {
  return isClientResult(block) && block['tool_use_id'] === id;
}

function withoutBlock(
  slots: readonly Slot[],
  { index, id }: Finding,
  isMeant: (block: Fields, id: string | undefined) => boolean,
): Fixed {
  return withBlocks(
    slots,
    index,
    contentOf(slots[index]?.item).filter((block) => !isMeant(block, id)),
  );
}

/** The message with these blocks; without it where none but thinking is left. */
function withBlocks(slots: readonly Slot[], index: number, blocks: readonly Fields[]): Fixed {
  const item = slots[index]?.item;
  return editAt(slots, index, blocks.every(isThinking) ? undefined : { ...item, content: blocks });
}

function withoutLastResult(slots: readonly Slot[], { index, id }: Finding): Fixed {
  const blocks = contentOf(slots[index]?.item);
  const last = blocks.findLastIndex((block) => isResultOf(block, id));
  return withBlocks(slots, index, blocks.toSpliced(last, 1));
}

/** "text content blocks must be non-empty", and "must contain non-whitespace text". */
function emptyTexts(messages: readonly Message[]): readonly Finding[] {
  return messages.flatMap(({ blocks }, index) =>
    blocks.some(isEmptyText) ? [{ index, message: 'a text without a word' }] : [],
  );
}

function isEmptyText({ type, text }: Fields): boolean {
  return type === 'text' && typeof text === 'string' && text.trim() === '';
}

function withoutEmptyTexts(slots: readonly Slot[], { index }: Finding): Fixed {
  return withBlocks(
    slots,
    index,
    contentOf(slots[index]?.item).filter((block) => !isEmptyText(block)),
  );
}

function emptyMessages(messages: readonly Message[]): readonly Finding[] {
  return messages.flatMap(({ role, blocks }, index) =>
    role !== undefined && blocks.length === 0 ? [{ index, message: 'a message without content' }] : [],
  );
}

/** The position of the next message of a known role. */
function nextOf(items: readonly object[], index: number): number {
  return items.findIndex((item, position) => position > index && isKnown(item));
}

function farResults(messages: readonly Message[]): readonly Finding[] {
  let open: readonly string[] = [];
  return messages.flatMap(({ role, calls, results }, index) => {
    if (role === undefined) return [];
    const id = results.find((answer) => !open.includes(answer));
    open = calls;
    return id === undefined ? [] : [{ index, id, message: `the message before it does not call ${id}` }];
  });
}

function moveBehindCall(slots: readonly Slot[], { index, id }: Finding): Fixed {
  const items = slots.map(({ item }) => item);
  const caller = items.findLastIndex(
    (item, position) => position < index && callsOf(item).some((call) => call === id),
  );
  const blocks = contentOf(items[index]);
  const moved = blocks.filter((block) => isResultOf(block, id));
  const rest = withBlocks(
    slots,
    index,
    blocks.filter((block) => !moved.includes(block)),
  ).slots;
  const target = nextOf(items, caller);
  const item = items[target];
  return fieldsOf(item)['role'] === 'user' && target < index
    ? {
        slots: editAt(rest, target, { ...item, content: [...moved, ...contentOf(item)] }).slots,
        action: 'moved',
      }
    : {
        slots: rest.toSpliced(caller + 1, 0, { item: { role: 'user', content: moved }, index: undefined }),
        action: 'moved',
      };
}

function lateResults(messages: readonly Message[]): readonly Finding[] {
  return messages.flatMap(({ role, blocks }, index) => {
    if (role !== 'user') return [];
    const firstOther = blocks.findIndex((block) => !isClientResult(block));
    const isLate = firstOther !== -1 && blocks.slice(firstOther).some(isClientResult);
    return isLate ? [{ index, message: 'a tool result behind other content' }] : [];
  });
}

function resultsFirst(slots: readonly Slot[], { index }: Finding): Fixed {
  const blocks = contentOf(slots[index]?.item);
  return withBlocks(slots, index, [
    ...blocks.filter(isClientResult),
    ...blocks.filter((block) => !isClientResult(block)),
  ]);
}

function trailingThinking(messages: readonly Message[]): readonly Finding[] {
  return messages.flatMap(({ role, blocks }, index) => {
    const last = role === 'assistant' ? blocks.at(-1) : undefined;
    return last !== undefined && isThinking(last) ? [{ index, message: 'the last block is thinking' }] : [];
  });
}

function withoutTrailingThinking(slots: readonly Slot[], { index }: Finding): Fixed {
  const blocks = contentOf(slots[index]?.item);
  return withBlocks(slots, index, blocks.slice(0, blocks.findLastIndex((block) => !isThinking(block)) + 1));
}

function neighbours(messages: readonly Message[]): readonly Finding[] {
  let before: Message['role'];
  return messages.flatMap(({ role }, index) => {
    if (role === undefined) return [];
    const isSame = role === before;
    before = role;
    return isSame ? [{ index, message: `two messages of the ${role} in a row` }] : [];
  });
}

function mergeWithPrevious(slots: readonly Slot[], { index }: Finding): Fixed {
  const items = slots.map(({ item }) => item);
  const target = items.findLastIndex((item, position) => position < index && isKnown(item));
  const content = [...contentOf(items[target]), ...contentOf(items[index])];
  const merged = { ...items[index], ...items[target], content };
  return { slots: editAt(slots, target, merged).slots.toSpliced(index, 1), action: 'merged' };
}

function wrongFirst(messages: readonly Message[]): readonly Finding[] {
  const index = messages.findIndex(({ role }) => role !== undefined);
  const isWrong = messages[index]?.role === 'assistant';
  return isWrong ? [{ index, message: 'the first message is not the user’s' }] : [];
}

/** Nothing is taken away for it: the user opens the conversation with a word. */
function insertFirst(slots: readonly Slot[], { index }: Finding): Fixed {
  const item = { role: 'user', content: '(The conversation begins here.)' };
  return { slots: slots.toSpliced(index, 0, { item, index: undefined }), action: 'inserted' };
}
