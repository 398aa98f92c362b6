import type { ItemView } from '../item-view.ts';
import { fieldsOf, idOf, isFields } from '../dialects/fields-of.ts';
import type { Fields } from '../dialects/fields-of.ts';
import { programTies } from '../dialects/program-ties.ts';
import { pairFindings } from './pair-findings.ts';
import type { Ties } from './pair-findings.ts';
import { perList } from './per-list.ts';
import { dropAt, editAt } from './rule.ts';
import type { Finding, Rule, Slot } from './rule.ts';

type Inspect = (item: object) => ItemView;

/**
 * What the Responses API demands of its items, in its own form or in that of the Agents SDK: calls and results in
 * pairs, the result behind the call; reasoning directly before what it led to; an approval behind its request; a
 * program before the calls that it made; no item id twice; compacted history with its content.
 */
export function itemRules(inspect: Inspect): readonly Rule[] {
  const pairs = perList((items) => pairFindings(tiesOf(items, inspect)));
  return [
    {
      name: 'compaction_without_content',
      isLocal: true,
      find: (items) =>
        where(items, (fields) =>
          fields.type === 'compaction' && idOf(fields.encrypted_content) === undefined
            ? 'a compaction item without encrypted_content'
            : undefined,
        ),
      fix: dropAt,
    },
    { name: 'duplicate_id', isLocal: true, find: (items) => repeatedIds(items, inspect), fix: withoutId },
    {
      name: 'child_without_program',
      isLocal: true,
      find: (items) => strayChildren(items, inspect),
      fix: dropAt,
    },
    pairRule('result_without_call', (items) => pairs(items).orphans),
    pairRule('duplicate_result', (items) => pairs(items).repeated),
    pairRule('call_without_result', (items) => pairs(items).unanswered),
    {
      name: 'reasoning_without_item',
      isLocal: true,
      find: (items) => strayReasoning(items, inspect),
      fix: dropAt,
    },
  ];
}

function pairRule(name: string, find: Rule['find']): Rule {
  return { name, isLocal: true, find, fix: dropAt };
}

/** Where the server holds a part of the history, a result without its call here says nothing. */
function tiesOf(items: readonly object[], inspect: Inspect): readonly Ties[] {
  const isWhole = !items.some((item) => isReference(fieldsOf(item)));
  const opened = new Set<string>();
  const lastMessage = items.findLastIndex((item) => inspect(item).kind === 'message');
  return items.map((item, index) => {
    const fields = fieldsOf(item);
    const view = inspect(item);
    const type = providerType(fields);
    const children = programTies.ofChild(fields);
    const own = view.answers.filter((id) => !children.includes(id) && !id.endsWith('/children'));
    const answers = view.kind === 'call' ? [] : own.filter((id) => isWhole || opened.has(id));
    const ids = view.calls.filter((id) => !id.endsWith('/children'));
    for (const id of ids) opened.add(id);
    // What may stand alone is paired where it is answered.
    const mayStay =
      type === 'mcp_approval_request' || isHostedShell(fields) || (type === 'program' && index > lastMessage);
    return { opens: mayStay ? ids.filter((id) => isAnswered(id, index, items, inspect)) : ids, answers };
  });
}

function isAnswered(id: string, index: number, items: readonly object[], inspect: Inspect): boolean {
  return items.some((item, position) => {
    if (position <= index) return false;
    const view = inspect(item);
    return view.kind !== 'call' && view.answers.includes(id);
  });
}

/** A program that is still running has no output yet, and a shell of the provider's may have none. */
function isHostedShell(fields: Fields): boolean {
  const environment = fieldsOf(fields.environment).type;
  return (
    fields.type === 'shell_call' && typeof environment === 'string' && environment.startsWith('container')
  );
}

function isReference({ type, id, role }: Fields): boolean {
  return (
    type === 'item_reference' || (typeof type !== 'string' && role === undefined && typeof id === 'string')
  );
}

/** The SDK wraps what the provider ran and names it. */
function providerType(fields: Fields): unknown {
  return fields.type === 'hosted_tool_call'
    ? (fieldsOf(fields.providerData).type ?? fields.name)
    : fields.type;
}

function strayChildren(items: readonly object[], inspect: Inspect): readonly Finding[] {
  const programs = new Set<string>();
  return where(items, (fields) => {
    if (isUnknown(inspect(fields))) return undefined;
    if (fields.type === 'program') for (const id of programTies.ofProgram(fields)) programs.add(id);
    const stray =
      fields.type === 'program_output' ? [] : programTies.ofChild(fields).filter((id) => !programs.has(id));
    return stray.length === 0 ? undefined : 'made by a program that no item before it holds';
  });
}

/** Reasoning that was kept from an answer of which the rest is gone. */
function strayReasoning(items: readonly object[], inspect: Inspect): readonly Finding[] {
  return items.flatMap((item, index) => {
    if (inspect(item).kind !== 'reasoning') return [];
    const next = items[index + 1];
    if (next !== undefined && inspect(next).role === 'assistant') return [];
    return [{ index, message: 'reasoning without the item that it led to' }];
  });
}

function repeatedIds(items: readonly object[], inspect: Inspect): readonly Finding[] {
  const seen = new Set<string>();
  return where(items, (fields) => {
    const id = idOf(fields.id);
    // The output of a local shell carries the id of its call.
    if (
      id === undefined ||
      isUnknown(inspect(fields)) ||
      isReference(fields) ||
      fields.type === 'local_shell_call_output'
    )
      return undefined;
    if (seen.has(id)) return `an item before it has the id ${id} too`;
    seen.add(id);
    return undefined;
  });
}

const needsId = new Set<unknown>([
  'reasoning',
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'computer_call',
  'local_shell_call',
  'mcp_call',
  'mcp_list_tools',
  'mcp_approval_request',
]);

/** What may go without an id goes without it; of the rest the first stays. */
function withoutId(slots: readonly Slot[], finding: Finding) {
  const { id: _id, ...fields } = fieldsOf(slots[finding.index]?.item);
  return editAt(slots, finding.index, needsId.has(fields['type']) ? undefined : fields);
}

/** Of what a later version of the API brings nothing is known to be wrong. */
function isUnknown({ kind, answers }: ItemView): boolean {
  return kind === 'other' && answers.length === 0;
}

function where(items: readonly object[], tell: (fields: Fields) => string | undefined): readonly Finding[] {
  return items.flatMap((item, index) => {
    const message = isFields(item) ? tell(item) : undefined;
    return message === undefined ? [] : [{ index, message }];
  });
}
