import type { Dialect } from '../dialect.ts';
import { replaceChatText } from './chat-text.ts';
import { viewChatMessage } from './chat-view.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';
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
  message: (role, text) => ({ role, content: text }),
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
  ...validityOf(chatRules),
};
