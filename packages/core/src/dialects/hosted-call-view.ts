import type { ItemView } from '../item-view.ts';
import { fieldsOf, idOf, listOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';
import { jsonText } from './json-text.ts';
import { programTies } from './program-ties.ts';
import { mediaOf } from './media-of.ts';
import { contentOf, joinTexts } from './read-content.ts';

/**
 * A `hosted_tool_call`, which the provider ran itself: call and output in one item, and complete. Two of them are
 * not: an approval of an MCP call is asked for by one item and given by another, and the MCP call names it too.
 */
export function viewHostedCall(fields: Fields): ItemView {
  const provider = fieldsOf(fields.providerData);
  const type = idOf(fields.name, provider.type) ?? 'hosted_tool_call';
  const approval = listOf(idOf(provider.approval_request_id));
  const view = {
    kind: 'call',
    role: 'assistant',
    tool: idOf(provider.name) ?? type,
    calls: [],
    answers: [...programTies.ofChild(fields), ...approval],
    text: textOf(type, fields, provider),
    mediaCount: 0,
  } as const;
  if (type === 'mcp_approval_request' || provider.type === 'mcp_approval_request') {
    return { ...view, calls: listOf(idOf(provider.id, fields.id)) };
  }
  if (type === 'mcp_approval_response') return { ...view, kind: 'other', role: 'tool' };
  if (!type.startsWith('image_generation')) return view;
  return { ...view, ...contentOf(`${type}()`, [mediaOf('image', { ...provider, image: fields.output })]) };
}

function textOf(type: string, fields: Fields, provider: Fields): string {
  const payload = Object.entries(provider).filter(([key]) => !envelope.has(key));
  const details = payload.length === 0 ? '' : jsonText(Object.fromEntries(payload));
  return joinTexts([`${type}(${joinTexts([jsonText(fields.arguments), details])})`, jsonText(fields.output)]);
}

/** What the item says already, or no model reads. */
const envelope = new Set(['type', 'id', 'status', 'approval_request_id']);
