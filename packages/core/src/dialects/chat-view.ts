import type { ItemView } from '../item-view.ts';
import { fieldsOf, idOf, isFields, listOf, stringOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';
import { jsonText } from './json-text.ts';
import { mediaOf } from './media-of.ts';
import { contentOf, joinTexts, readContent } from './read-content.ts';

/** What the engine knows of a message of the Chat Completions API. */
export function viewChatMessage(item: unknown): ItemView {
  const fields = fieldsOf(item);
  const role = fields.role;
  switch (role) {
    case 'system':
    case 'developer':
    case 'user':
      return { kind: 'message', role, calls: [], answers: [], ...readContent(fields.content) };
    case 'assistant':
      return viewAssistant(fields);
    case 'tool':
      return viewResult(fields, listOf(idOf(fields.tool_call_id)));
    case 'function':
      return viewResult(fields, legacyIds(fields));
    default:
      return {
        kind: 'other',
        role: 'assistant',
        calls: [],
        answers: [],
        text: jsonText(item),
        mediaCount: 0,
      };
  }
}

function viewAssistant(fields: Fields): ItemView {
  const said = readContent(fields.content);
  // An earlier spoken answer is sent by its id.
  const spoken = isFields(fields.audio) ? [mediaOf('audio', fields.audio)] : [];
  const { text, ...content } = contentOf(said.text, [...(said.media ?? []), ...spoken]);
  const made = callsOf(fields);
  const view = {
    role: 'assistant',
    calls: made.flatMap(({ ids }) => ids),
    answers: [],
    text: joinTexts([text, stringOf(fields.refusal), ...made.map((call) => call.text)]),
    ...content,
  } as const;
  if (made.length === 0) return { ...view, kind: 'message' };
  const toolOf = Object.fromEntries(made.flatMap(({ ids, tool }) => ids.map((id) => [id, tool])));
  return { ...view, kind: 'call', tool: [...new Set(made.map(({ tool }) => tool))].join(', '), toolOf };
}

/** The API names the tool in the call only; some clients name it here too. */
function viewResult(fields: Fields, answers: readonly string[]): ItemView {
  const tool = idOf(fields.name);
  const view = { kind: 'result', role: 'tool', calls: [], answers, ...readContent(fields.content) } as const;
  return tool === undefined ? view : { ...view, tool };
}

type Call = { readonly ids: readonly string[]; readonly tool: string; readonly text: string };

function callsOf(fields: Fields): readonly Call[] {
  const calls = Array.isArray(fields.tool_calls) ? fields.tool_calls.map(fieldsOf) : [];
  const legacy = fields.function_call;
  return [
    ...calls.map((call) => callOf(listOf(idOf(call.id)), fieldsOf(call.function ?? call.custom))),
    ...(isFields(legacy) ? [callOf(legacyIds(legacy), legacy)] : []),
  ];
}

function callOf(ids: readonly string[], made: Fields): Call {
  const tool = stringOf(made.name);
  return { ids, tool, text: `${tool}(${jsonText(made.arguments ?? made.input)})` };
}

/** Before calls had ids, a function's message answered the latest call of that function. */
function legacyIds({ name }: Fields): readonly string[] {
  return listOf(idOf(name)).map((id) => `function:${id}`);
}
