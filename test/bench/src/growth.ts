import { CompactManager, TiktokenCounter, chat } from '@clew/core';
import type { ChatItem } from '@clew/core';
import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { getEncoding } from 'js-tiktoken';
import { countTokensApproximately } from 'langchain';
import { itemOf, sessionOf } from './session.ts';
import { timePairs } from './timing.ts';
import type { Timing } from './timing.ts';

export type Growth = { readonly items: number; readonly tokens: number; readonly timings: readonly Timing[] };

const peer = getEncoding('o200k_base');

/** One item more: our preflight, with what is to be sent read from it, against what peers do before each call. */
export async function growth(count: number, rounds: number): Promise<Growth> {
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
  const [, own, langchain] = await timePairs(rounds, [grow, ours, approximate]);
  const [recount] = await timePairs(3 * recountRounds, [
    () => texts.reduce((sum, text) => sum + peer.encode(text, [], []).length, 0),
  ]);
  return {
    items: count,
    tokens: tokens.before,
    timings: [own, langchain, recount].flatMap((timing) => timing ?? []),
  };
}

function toMessage(item: ChatItem, text: string) {
  const { role, kind, calls, answers } = chat.inspect(item);
  if (kind === 'result') return new ToolMessage({ content: text, tool_call_id: answers[0] ?? '' });
  if (role !== 'assistant') return new HumanMessage(text);
  if (kind !== 'call') return new AIMessage(text);
  const tool_calls = calls.map((id) => ({ id, name: 'read', args: { path: text } }));
  return new AIMessage({ content: '', tool_calls });
}
