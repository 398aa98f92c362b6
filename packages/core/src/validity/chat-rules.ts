import { fieldsOf, idOf, isFields } from '../dialects/fields-of.ts';
import { viewChatMessage } from '../dialects/chat-view.ts';
import type { ItemView } from '../item-view.ts';
import { pairFindings } from './pair-findings.ts';
import { perList } from './per-list.ts';
import { dropAt, editAt } from './rule.ts';
import type { Finding, Fixed, Rule, Slot } from './rule.ts';

/**
 * What the Chat Completions API demands: each call is answered once, by messages that stand directly behind the
 * assistant's message that made it, and the assistant says something where it calls nothing.
 */
export function chatRules(read: Inspect): readonly Rule[] {
  const pairs = perList((items) =>
    pairFindings(items.map((item) => read(item)).map(({ calls, answers }) => ({ opens: calls, answers }))),
  );
  return [
    { name: 'empty_message', isLocal: true, find: (items) => emptyMessages(items, read), fix: dropAt },
    { name: 'result_without_call', isLocal: true, find: (items) => pairs(items).orphans, fix: dropAt },
    { name: 'duplicate_result', isLocal: true, find: (items) => pairs(items).repeated, fix: dropAt },
    {
      name: 'call_without_result',
      isLocal: true,
      find: (items) => pairs(items).unanswered,
      fix: withoutCall,
    },
    {
      name: 'result_not_adjacent',
      isLocal: false,
      find: (items) => farResults(items, read),
      fix: moveBehindCall,
    },
  ];
}

type Inspect = (item: object) => ItemView;

function emptyMessages(items: readonly object[], read: Inspect): readonly Finding[] {
  return items.flatMap((item, index) => {
    const { role, content, refusal, audio } = fieldsOf(item);
    if (role !== 'assistant' || read(item).kind !== 'message') return [];
    const isSaid = typeof content === 'string' || (Array.isArray(content) && content.length > 0);
    if (isSaid || idOf(refusal) !== undefined || isFields(audio)) return [];
    return [{ index, message: 'an assistant message without content and without calls' }];
  });
}

/** The message without that call, or no message where nothing else was in it. */
function withoutCall(slots: readonly Slot[], { index, id }: Finding): Fixed {
  const item = fieldsOf(slots[index]?.item);
  const made = Array.isArray(item['tool_calls']) ? item['tool_calls'] : [];
  const calls = made.filter((call) => fieldsOf(call)['id'] !== id);
  const isLegacy = calls.length === made.length;
  const { tool_calls: _calls, function_call: _call, ...said } = item;
  const left = {
    ...said,
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...(isLegacy || item['function_call'] === undefined ? {} : { function_call: item['function_call'] }),
  };
  const isGone =
    viewChatMessage(left).kind === 'message' && emptyMessages([left], viewChatMessage).length > 0;
  return editAt(slots, index, isGone ? undefined : left);
}

/** Results that something else separates from their call; messages of unknown roles separate nothing. */
function farResults(items: readonly object[], read: Inspect): readonly Finding[] {
  let open = new Set<string>();
  return items.flatMap((item, index) => {
    const { kind, calls, answers } = read(item);
    if (kind === 'other') return [];
    if (kind !== 'result') {
      open = new Set(calls);
      return [];
    }
    const id = answers.find((answer) => !open.has(answer));
    return id === undefined
      ? []
      : [{ index, id, message: `not directly behind the message that calls ${id}` }];
  });
}

function moveBehindCall(slots: readonly Slot[], { index, id }: Finding): Fixed {
  const views = slots.map(({ item }) => viewChatMessage(item));
  const opener = views.findLastIndex(
    ({ calls }, position) => position < index && calls.some((call) => call === id),
  );
  let target = opener + 1;
  while (views[target]?.kind === 'result') target += 1;
  const moved = slots.slice(index, index + 1);
  return { slots: slots.toSpliced(index, 1).toSpliced(target, 0, ...moved), action: 'moved' };
}
