import type { Dialect } from '../dialect.ts';
import { clearChatInput } from './chat-input.ts';
import { replaceChatText } from './chat-text.ts';
import { viewChatMessage } from './chat-view.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';
import { clearedContent, withContent } from './clear-media.ts';
import { fieldsOf } from './fields-of.ts';
import { chatRules } from '../validity/chat-rules.ts';
import { validityOf } from '../validity/validity.ts';
import type { Validity } from '../validity/validity.ts';

/** A message of the Chat Completions API, as any client types it. */
export type ChatItem = object;

const markPlaces: MarkPlaces = [[], ['metadata']];

/** The messages of OpenAI's Chat Completions API, and of the many that follow it. */
export const chat: Dialect<ChatItem> & Validity<ChatItem> = {
  name: 'chat',
  inspect: viewChatMessage,
  replaceText: replaceChatText,
  clearMedia: clearChatMedia,
  clearInput: clearChatInput,
  message: (role, text) => ({ role, content: text }),
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
  ...validityOf(viewChatMessage, (read) => ({ rules: chatRules(read) })),
};

/** Of what the user sent and of what a tool gave back; what the assistant spoke is sent by its id. */
function clearChatMedia(item: object): object {
  const { role, content } = fieldsOf(item);
  return role === 'user' || role === 'tool'
    ? withContent(item, 'content', clearedContent(content, 'text'))
    : item;
}
