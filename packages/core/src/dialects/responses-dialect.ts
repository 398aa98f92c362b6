import type { Dialect } from '../dialect.ts';
import { clearItemInput } from './clear-input.ts';
import { clearedContent, clearedScreenshot, withContent } from './clear-media.ts';
import { fieldsOf } from './fields-of.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';
import { replaceResponsesText } from './responses-text.ts';
import { viewResponsesItem } from './responses-view.ts';
import { itemRules } from '../validity/item-rules.ts';
import { lostReasoning } from '../validity/lost-reasoning.ts';
import { validityOf } from '../validity/validity.ts';
import type { Validity } from '../validity/validity.ts';

/** An input item of OpenAI's Responses API, as any client types it. */
export type ResponsesItem = object;

/** The API refuses unknown parameters, so no mark may stay. */
const markPlaces: MarkPlaces = [[], ['metadata']];

/** The input items of OpenAI's Responses API. */
export const responses: Dialect<ResponsesItem> & Validity<ResponsesItem> = {
  name: 'responses',
  inspect: viewResponsesItem,
  replaceText: replaceResponsesText,
  clearMedia,
  clearInput: clearItemInput,
  // The easy form: output text proper would need an id.
  message: (role, text) => ({ type: 'message', role, content: text }),
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
  ...validityOf(viewResponsesItem, (read) => ({ rules: itemRules(read), lost: lostReasoning(read) })),
};

function clearMedia(item: object): object {
  const { type, role, content, output } = fieldsOf(item);
  switch (type) {
    case undefined:
    case 'message':
      return role === 'assistant'
        ? item
        : withContent(item, 'content', clearedContent(content, 'input_text'));
    case 'function_call_output':
    case 'custom_tool_call_output':
      return withContent(item, 'output', clearedContent(output, 'input_text'));
    case 'computer_call_output':
      return withContent(item, 'output', clearedScreenshot(output, 'image_url'));
    default:
      return item;
  }
}
