import type { ItemView } from '../item-view.ts';
import { fieldsOf, idOf, listOf, stringOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';
import { jsonText } from './json-text.ts';
import { textOnly, viewCompaction, viewMessage, viewOther } from './message-view.ts';
import { programTies } from './program-ties.ts';
import { mediaOf } from './media-of.ts';
import { contentOf, joinContents, joinTexts, readContent } from './read-content.ts';
import type { Content } from './read-content.ts';
import { sealedTokens } from './sealed-tokens.ts';
import { commandsText, patchText, shellText } from './tool-text.ts';

/**
 * What the engine knows of an input item of the Responses API. As in the items of the Agents SDK, a `result` is an
 * answer whose payload is text; other answers (a screenshot, an approval, loaded definitions) are `other`. A tool
 * that the provider ran itself is a call that is complete in one item.
 */
export function viewResponsesItem(item: unknown): ItemView {
  const fields = fieldsOf(item);
  switch (fields.type) {
    case undefined:
    case 'message':
      return viewMessage(item, fields);
    case 'reasoning':
      return viewReasoning(fields);
    case 'function_call':
      return viewCall(fields, stringOf(fields.name), jsonText(fields.arguments));
    case 'custom_tool_call':
      return viewCall(fields, stringOf(fields.name), jsonText(fields.input));
    case 'computer_call':
      return viewCall(fields, 'computer', jsonText(fields.actions ?? fields.action));
    case 'local_shell_call':
      return viewCall(fields, 'local_shell', jsonText(fieldsOf(fields.action).command ?? fields.action));
    case 'shell_call':
      return viewCall(fields, 'shell', commandsText(fields.action));
    case 'apply_patch_call':
      return viewCall(fields, 'apply_patch', patchText(fields.operation));
    case 'program':
      return {
        ...viewCall(fields, 'program', jsonText(fields.code)),
        calls: programTies.ofProgram(fields),
        answers: [],
      };
    case 'tool_search_call':
      return viewSearch(fields);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return viewResult(fields, undefined, readContent(fields.output));
    case 'computer_call_output':
      return { ...viewResult(fields, 'computer', readContent(fields.output)), kind: 'other' };
    case 'local_shell_call_output':
      return viewResult(fields, 'local_shell', textOnly(jsonText(fields.output)));
    case 'shell_call_output':
      return viewResult(fields, 'shell', textOnly(shellText(fields.output)));
    case 'apply_patch_call_output':
      return viewResult(fields, 'apply_patch', textOnly(jsonText(fields.output)));
    case 'program_output':
      return {
        ...viewResult(fields, 'program', textOnly(jsonText(fields.result ?? fields.output))),
        answers: programTies.ofProgram(fields),
      };
    case 'tool_search_output':
      return { ...viewResult(fields, 'tool_search', textOnly(jsonText(fields.tools))), kind: 'other' };
    case 'mcp_approval_request':
      return { ...viewHosted(fields, fields.type), calls: listOf(idOf(fields.id)) };
    case 'mcp_approval_response':
      return viewApproval(fields);
    case 'web_search_call':
    case 'file_search_call':
    case 'code_interpreter_call':
    case 'mcp_call':
    case 'mcp_list_tools':
      return viewHosted(fields, fields.type);
    case 'image_generation_call':
      return {
        ...viewHosted(fields, fields.type),
        ...contentOf(`${fields.type}()`, [mediaOf('image', fields)]),
      };
    case 'compaction':
      return viewCompaction(fields);
    default:
      return viewOther(item);
  }
}

/** Encrypted reasoning is no text: it is weighed by its length. */
function viewReasoning(fields: Fields): ItemView {
  const texts = [fields.summary, fields.content].map((part) => readContent(part ?? []).text);
  const view = { kind: 'reasoning', role: 'assistant', calls: [], answers: [] } as const;
  return { ...view, ...textOnly(joinTexts(texts)), ...sealedTokens(fields.encrypted_content) };
}

function viewCall(fields: Fields, tool: string, input: string): ItemView {
  return {
    kind: 'call',
    role: 'assistant',
    calls: listOf(idOf(fields.call_id)),
    answers: programTies.ofChild(fields),
    tool,
    ...textOnly(`${tool}(${input})`),
  };
}

/** A search that the server runs is complete without an id; one that the client runs must have one. */
function viewSearch(fields: Fields): ItemView {
  const itemId = fields.execution === 'client' ? idOf(fields.id) : undefined;
  return {
    ...viewCall(fields, 'tool_search', jsonText(fields.arguments)),
    calls: listOf(idOf(fields.call_id) ?? itemId),
  };
}

/** The API names a function in its call only. A local shell's output may carry the call's id as its own. */
function viewResult(fields: Fields, tool: string | undefined, content: Content): ItemView {
  const ownId = fields.type === 'local_shell_call_output' ? idOf(fields.id) : undefined;
  const answers = listOf(idOf(fields.call_id) ?? ownId);
  const view = { kind: 'result', role: 'tool', calls: [], answers, ...content } as const;
  const named = tool ?? idOf(fields.name);
  return named === undefined ? view : { ...view, tool: named };
}

function viewHosted(fields: Fields, type: string): ItemView {
  const payload = Object.entries(fields).filter(([key]) => !envelope.has(key));
  const details = payload.length === 0 ? '' : jsonText(Object.fromEntries(payload));
  const output = listOf(fields.output ?? fields.outputs ?? fields.results ?? undefined);
  const read = joinContents(output.map(readContent));
  return {
    kind: 'call',
    role: 'assistant',
    tool: idOf(fields.name) ?? type,
    calls: [],
    answers: [...programTies.ofChild(fields), ...listOf(idOf(fields.approval_request_id))],
    ...read,
    text: joinTexts([`${type}(${details})`, read.text]),
  };
}

/** What the view says elsewhere, or no model reads. */
const envelope = new Set([
  'type',
  'id',
  'status',
  'caller',
  'approval_request_id',
  'output',
  'outputs',
  'results',
]);

function viewApproval(fields: Fields): ItemView {
  return {
    kind: 'other',
    role: 'tool',
    tool: 'mcp_approval_response',
    calls: [],
    answers: listOf(idOf(fields.approval_request_id)),
    ...textOnly(`mcp_approval_response(${jsonText(fields.approve)})`),
  };
}
