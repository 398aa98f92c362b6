import { chat } from '@clew/core';
import type { Dialect } from '@clew/core';
import { dialectLike } from './dialect-like.ts';
import { nativesIn, textOr } from './native.ts';
import type { Native } from './native.ts';
import type { SessionContent } from './session-format.ts';

/** A trajectory of SWE-agent: its `history` is what the model read; without one, the steps are read in turn. */
export function sweAgent(values: readonly Native[]): SessionContent | undefined {
  const [only] = values;
  if (only === undefined || values.length !== 1 || !Array.isArray(only['trajectory'])) return undefined;
  const history = nativesIn(only['history']).filter(({ role }) => typeof role === 'string');
  const items = history.length > 0 ? history : nativesIn(only['trajectory']).flatMap(fromStep);
  return { format: 'swe-agent', dialect: sweAgentMessages, items };
}

/** Messages of Chat Completions whose results name their calls in a list. */
const sweAgentMessages: Dialect<object> = dialectLike(chat, {
  name: 'swe-agent',
  read: (item) => {
    const message = item as Native;
    const [answered] = Array.isArray(message['tool_call_ids']) ? (message['tool_call_ids'] as unknown[]) : [];
    return answered === undefined ? message : { ...message, tool_call_id: answered };
  },
  replaceText: chat.replaceText.bind(chat),
  message: (role, content) => ({ role, content }),
});

function fromStep(step: Native): readonly Native[] {
  const said = textOr(step['response']) || `${textOr(step['thought'])}\n\n${textOr(step['action'])}`.trim();
  return [
    { role: 'assistant', content: said },
    { role: 'user', content: textOr(step['observation']) },
  ];
}
