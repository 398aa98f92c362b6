import { CompactManager, TiktokenCounter, chat } from '@clew/core';
import type { ChatItem } from '@clew/core';
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { countTokensApproximately } from 'langchain';
import { recountOf } from './recount.ts';
import { itemOf, sessionOf } from './session.ts';
import type { Line } from './line.ts';
import { timePairs } from './timing.ts';

/** One item more: our preflight, with what is to be sent read from it, against what peers do before each call. */
export async function growth(count: number, rounds: number): Promise<readonly Line[]> {
  const manager = new CompactManager({
    model: 'gpt-5',
    maxContextTokens: 100_000_000,
    dialect: chat,
    counter: new TiktokenCounter(),
  });
  let items: readonly ChatItem[] = sessionOf(count);
  const texts = items.map((item) => chat.inspect(item).text);
  const messages = items.map((item, index) => toMessage(item, texts[index] ?? ''));
  let { tokens } = await manager.preflight({ sessionId: 's', items });
  const recountRounds = count > 4000 ? 0 : 1;
  const ours = async (round: number) => {
    const result = await manager.preflight({ sessionId: 's', items });
    tokens = result.tokens;
    if (result.outcome !== 'noop_below') throw new Error(`not a quiet look: ${result.outcome}`);
    if (result.items.length !== count + round + 1) throw new Error('an item was lost');
  };
  const grow = (round: number) => {
    items = [...items, itemOf(count + round)];
  };
  const approximate = () => countTokensApproximately(messages);
  // What a caller has who reads the history anew for each call; the reading itself is theirs.
  let copies: readonly ChatItem[] = [];
  const copy = () => {
    copies = JSON.parse(JSON.stringify(items)) as readonly ChatItem[];
  };
  const again = () => manager.preflight({ sessionId: 's', items: copies });
  const [, own, langchain] = await timePairs(rounds, [grow, ours, approximate]);
  const [, copied] = await timePairs(Math.ceil(rounds / 4), [copy, again]);
  const [recount] = await timePairs(3 * recountRounds, [() => recountOf(texts)]);
  const size = `${count} items, ${tokens.before} tokens`;
  const isAsked = count === 4000;
  return [
    {
      name: `one item more: ${size}`,
      ours: own,
      peer: { name: 'LangChain, approximate', timing: langchain },
      asked: isAsked ? '1, and no slower' : 'no slower',
    },
    ...(recount === undefined || recountRounds === 0
      ? []
      : [
          {
            name: `one item more: ${size}`,
            ours: own,
            peer: { name: 'js-tiktoken, recount', timing: recount },
            asked: isAsked ? '100 x' : '',
          },
        ]),
    { name: `the same as copies: ${size}`, ours: copied },
  ];
}

function toMessage(item: ChatItem, text: string) {
  const { role, kind, calls, answers } = chat.inspect(item);
  if (kind === 'result') return new ToolMessage({ content: text, tool_call_id: answers[0] ?? '' });
  if (role !== 'assistant') return new HumanMessage(text);
  if (kind !== 'call') return new AIMessage(text);
  const tool_calls = calls.map((id) => ({ id, name: 'read', args: { path: text } }));
  return new AIMessage({ content: '', tool_calls });
}
