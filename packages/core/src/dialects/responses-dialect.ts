import type { Dialect } from '../dialect.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';
import { replaceResponsesText } from './responses-text.ts';
import { viewResponsesItem } from './responses-view.ts';
import { itemRules } from '../validity/item-rules.ts';
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
  // The easy form: output text proper would need an id.
  message: (role, text) => ({ type: 'message', role, content: text }),
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
  ...validityOf(itemRules(viewResponsesItem)),
};
