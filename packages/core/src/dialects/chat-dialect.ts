import type { Dialect } from '../dialect.ts';
import { replaceChatText } from './chat-text.ts';
import { viewChatMessage } from './chat-view.ts';
import { hasMark, withoutMark } from './mark.ts';
import type { MarkPlaces } from './mark.ts';

/** A message of the Chat Completions API, as any client types it. */
export type ChatItem = object;

const markPlaces: MarkPlaces = [[], ['metadata']];

/** The messages of OpenAI's Chat Completions API, and of the many that follow it. */
export const chat: Dialect<ChatItem> = {
  name: 'chat',
  inspect: viewChatMessage,
  replaceText: replaceChatText,
  message: (role, text) => ({ role, content: text }),
  hasFlag: (item, flag) => hasMark(item, flag, markPlaces),
  withoutFlag: (item, flag) => withoutMark(item, flag, markPlaces),
};
