import type { Dialect } from '../dialect.ts';
import type { ItemView } from '../item-view.ts';
import { clearAnthropicInput, clearAnthropicMedia } from './anthropic-clear.ts';
import { replaceAnthropicText } from './anthropic-text.ts';
import { viewAnthropicMessage } from './anthropic-view.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';
import { readMessage } from '../validity/anthropic-message.ts';
import { anthropicRules } from '../validity/anthropic-rules.ts';
import { lostThinking } from '../validity/lost-thinking.ts';
import { validityOf } from '../validity/validity.ts';
import type { Validity } from '../validity/validity.ts';

/** A message of Anthropic's Messages API, as any client types it. The system prompt is sent beside the messages. */
export type AnthropicItem = object;

/** The API refuses unknown fields, so no mark may stay. */
const markPlaces: MarkPlaces = [[], ['metadata']];

const validity = validityOf(readMessage, (read) => ({
  rules: anthropicRules(read),
  lost: lostThinking(read),
}));

/** The messages of Anthropic's Messages API. */
export const anthropic: Dialect<AnthropicItem> & Validity<AnthropicItem> = {
  name: 'anthropic',
  inspect: viewAnthropicMessage,
  replaceText: replaceAnthropicText,
  clearMedia: clearAnthropicMedia,
  clearInput: clearAnthropicInput,
  message: (role, text) => ({ role, content: text }),
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
  mayFollow: (before, after) => turnOf(after) !== (before === undefined ? 'assistant' : turnOf(before)),
  placeSummary,
  // The rules look at blocks, of which a view tells too little.
  validate: (items, input) => validity.validate(items, input),
  repair: (items) => validity.repair(items),
};

type Turn = 'assistant' | 'user';

function turnOf({ role }: ItemView): Turn {
  return role === 'assistant' ? 'assistant' : 'user';
}

/** The summary takes the turn that is next; where the one behind it would have it too, a word goes between them. */
function placeSummary(
  text: string,
  before: ItemView | undefined,
  after: ItemView | undefined,
): readonly AnthropicItem[] {
  const role = before === undefined || turnOf(before) === 'assistant' ? 'user' : 'assistant';
  const summary = anthropic.message(role, text);
  // What comes next at the end is the model's answer.
  if ((after === undefined ? 'assistant' : turnOf(after)) !== role) return [summary];
  return role === 'user'
    ? [summary, anthropic.message('assistant', '(I have read the record and go on from it.)')]
    : [summary, anthropic.message('user', '(Go on from the record.)')];
}
