import type { Dialect } from '../dialect.ts';
import { replaceAgentText } from './agents-text.ts';
import { viewAgentItem } from './agents-view.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';
import { itemRules } from '../validity/item-rules.ts';
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
  message: (role, text) =>
    role === 'assistant'
      ? { type: 'message', role, status: 'completed', content: [{ type: 'output_text', text }] }
      : { type: 'message', role, content: text },
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
  ...validityOf(itemRules(viewAgentItem)),
};
