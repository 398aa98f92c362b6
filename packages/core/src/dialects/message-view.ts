import type { ItemView } from '../item-view.ts';
import { fieldsOf } from './fields-of.ts';
import type { Fields } from './fields-of.ts';
import { jsonText } from './json-text.ts';
import { readContent } from './read-content.ts';
import type { Content } from './read-content.ts';
import { sealedTokens } from './sealed-tokens.ts';

/** A message, which the Agents SDK and the Responses API write alike; of a role that is not known, `other`. */
export function viewMessage(item: unknown, fields: Fields): ItemView {
  const role = fields.role;
  switch (role) {
    case 'system':
    case 'developer':
    case 'user':
    case 'assistant':
      return { kind: 'message', role, calls: [], answers: [], ...readContent(fields.content) };
    default:
      return viewOther(item);
  }
}

/** Unknown types, and references to items that only the server holds: weighed by their JSON and passed through. */
export function viewOther(item: unknown): ItemView {
  return { kind: 'other', role: 'assistant', calls: [], answers: [], ...textOnly(jsonText(item)) };
}

/** History that the provider compacted itself: encrypted, and weighed by its length. */
export function viewCompaction(fields: Fields): ItemView {
  const view = { kind: 'other', role: 'assistant', calls: [], answers: [] } as const;
  // Anthropic's is a text that anybody can read: the seam keeps it where the SDK keeps what OpenAI has sealed.
  const isPlain = 'anthropic' in fieldsOf(fields.providerData);
  return isPlain
    ? { ...view, ...textOnly(String(fields.encrypted_content)) }
    : { ...view, ...textOnly('compaction()'), ...sealedTokens(fields.encrypted_content) };
}

export function textOnly(text: string): Content {
  return { text, mediaCount: 0 };
}
