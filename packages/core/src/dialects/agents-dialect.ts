import type { Dialect } from '../dialect.ts';
import { replaceAgentText } from './agents-text.ts';
import { viewAgentItem } from './agents-view.ts';
import { clearItemInput } from './clear-input.ts';
import { clearedContent, clearedScreenshot, withContent } from './clear-media.ts';
import { fieldsOf } from './fields-of.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';
import { itemRules } from '../validity/item-rules.ts';
import { lostReasoning } from '../validity/lost-reasoning.ts';
import { validityOf } from '../validity/validity.ts';
import type { Validity } from '../validity/validity.ts';

/** An `AgentInputItem` of the OpenAI Agents SDK, whose types this package does not know. */
export type AgentItem = object;

/** The SDK spreads `providerData` into the request: a mark that stayed there would be an unknown parameter. */
const markPlaces: MarkPlaces = [[], ['metadata'], ['providerData'], ['providerData', 'compact']];

/** The items of the OpenAI Agents SDK. */
export const agents: Dialect<AgentItem> & Validity<AgentItem> = {
  name: 'agents',
  inspect: viewAgentItem,
  replaceText: replaceAgentText,
  clearMedia,
  clearInput: clearItemInput,
  message: (role, text) =>
    role === 'assistant'
      ? { type: 'message', role, status: 'completed', content: [{ type: 'output_text', text }] }
      : { type: 'message', role, content: text },
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
  ...validityOf(viewAgentItem, (read) => ({ rules: itemRules(read), lost: lostReasoning(read) })),
};

function clearMedia(item: object): object {
  const { type, role, content, output } = fieldsOf(item);
  switch (type) {
    case undefined:
    case 'message':
      return role === 'user' ? withContent(item, 'content', clearedContent(content, 'input_text')) : item;
    case 'function_call_result':
      // One part is an object of the SDK's own; a list is what the provider takes.
      return withContent(
        item,
        'output',
        clearedContent(output, Array.isArray(output) ? 'input_text' : 'text'),
      );
    case 'computer_call_result':
      return withContent(item, 'output', clearedScreenshot(output, 'data'));
    default:
      return item;
  }
}
