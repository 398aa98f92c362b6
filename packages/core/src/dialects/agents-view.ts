import type { ItemView } from '../item-view.ts';
import { fieldsOf, idOf, listOf, stringOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';
import { viewHostedCall } from './hosted-call-view.ts';
import { jsonText } from './json-text.ts';
import { textOnly, viewCompaction, viewMessage, viewOther } from './message-view.ts';
import { programTies } from './program-ties.ts';
import { joinTexts, readContent } from './read-content.ts';
import type { Content } from './read-content.ts';
import { sealedTokens } from './sealed-tokens.ts';
import { commandsText, patchText, shellText } from './tool-text.ts';

/**
 * What the engine knows of an item of the Agents SDK.
 *
 * A `result` is an answer whose payload is text, so that it can be cleared. Answers of other kinds (a screenshot,
 * the definitions that a tool search loaded) are `other`; they answer their calls all the same.
 * Encrypted reasoning is no text: it is weighed by its length.
 */
export function viewAgentItem(item: unknown): ItemView {
  const fields = fieldsOf(item);
  switch (fields.type) {
    case undefined:
    case 'message':
      return viewMessage(item, fields);
    case 'reasoning':
      return viewReasoning(fields);
    case 'function_call':
      return viewCall(fields, stringOf(fields.name), jsonText(fields.arguments));
    case 'function_call_result':
      return viewResult(fields, stringOf(fields.name), readContent(fields.output));
    case 'computer_call':
      return viewCall(fields, 'computer', jsonText(fields.actions ?? fields.action));
    case 'computer_call_result':
      return { ...viewResult(fields, 'computer', readContent(fields.output)), kind: 'other' };
    case 'shell_call':
      return viewCall(fields, 'shell', commandsText(fields.action));
    case 'shell_call_output':
      return viewResult(fields, 'shell', textOnly(shellText(fields.output)));
    case 'apply_patch_call':
      return viewCall(fields, 'apply_patch', patchText(fields.operation));
    case 'apply_patch_call_output':
      return viewResult(fields, 'apply_patch', textOnly(jsonText(fields.output)));
    case 'program':
      return viewProgram(fields);
    case 'program_output':
      return viewProgramOutput(fields);
    case 'tool_search_call':
      return { ...viewCall(fields, 'tool_search', jsonText(fields.arguments)), calls: searchIds(fields) };
    case 'tool_search_output':
      return viewSearchOutput(fields);
    case 'hosted_tool_call':
      return viewHostedCall(fields);
    case 'compaction':
      return viewCompaction(fields);
    default:
      return viewOther(item);
  }
}

function viewReasoning(fields: Fields): ItemView {
  const { text } = readContent(fields.content);
  const raw = readContent(fields.rawContent).text;
  const provider = fieldsOf(fields.providerData);
  return {
    kind: 'reasoning',
    role: 'assistant',
    calls: [],
    answers: [],
    ...textOnly(joinTexts([text, raw])),
    ...sealedTokens(provider.encryptedContent ?? provider.encrypted_content),
  };
}

function viewCall(fields: Fields, tool: string, input: string): ItemView {
  return {
    kind: 'call',
    role: 'assistant',
    calls: listOf(idOf(fields.callId)),
    answers: programTies.ofChild(fields),
    tool,
    ...textOnly(`${tool}(${input})`),
  };
}

function viewResult(fields: Fields, tool: string, content: Content): ItemView {
  const view = {
    kind: 'result',
    role: 'tool',
    calls: [],
    answers: listOf(idOf(fields.callId)),
    ...content,
  } as const;
  return tool === '' ? view : { ...view, tool };
}

function viewProgram(fields: Fields): ItemView {
  return { ...viewCall(fields, 'program', jsonText(fields.code)), calls: programTies.ofProgram(fields) };
}

function viewProgramOutput(fields: Fields): ItemView {
  const view = viewResult(fields, 'program', textOnly(jsonText(fields.output)));
  return { ...view, answers: programTies.ofProgram(fields) };
}

/** The definitions are read by the model and cannot be replaced by a text. */
function viewSearchOutput(fields: Fields): ItemView {
  const view = viewResult(fields, 'tool_search', textOnly(jsonText(fields.tools)));
  return { ...view, kind: 'other', answers: listOf(searchCallId(fields)) };
}

/** A search that the client runs may have no call id: its output then names the item. */
function searchIds(fields: Fields): readonly string[] {
  const itemId = fields.execution === 'server' ? undefined : idOf(fields.id);
  return listOf(searchCallId(fields) ?? itemId);
}

function searchCallId(fields: Fields): string | undefined {
  const provider = fieldsOf(fields.providerData);
  return idOf(provider.call_id, provider.callId, fields.call_id, fields.callId);
}
