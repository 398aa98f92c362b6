import { CompactManager, chat } from '@clew/core';
import type { ChatItem, CompactPolicyInput } from '@clew/core';
import { writtenSummary } from '@clew/core/testing';
import type { Line } from './line.ts';
import { recountOf } from './recount.ts';
import { sessionOf } from './session.ts';
import { timePairs } from './timing.ts';

const ladders = {
  'clear, trim, window': { ladder: ['clear', 'trim', 'window'] },
  window: { ladder: ['window'] },
  summariser: {},
  digest: {},
} as const satisfies Record<string, CompactPolicyInput>;
export type LadderName = keyof typeof ladders;

/** Answers at once, so that only the engine's own time is left. */
const instant = {
  name: 'instant',
  summarize: () => Promise.resolve({ text: writtenSummary('The files were read and the values kept.') }),
};

/** A manager whose trigger the last of the items reaches. */
export async function managerAtTrigger(
  items: readonly ChatItem[],
  name: LadderName,
): Promise<CompactManager<ChatItem>> {
  const options = { model: 'gpt-5', dialect: chat };
  const probe = new CompactManager({ ...options, maxContextTokens: 100_000_000 });
  const { tokens } = await probe.preflight({ sessionId: 's', items });
  return new CompactManager({
    ...options,
    maxContextTokens: Math.ceil((tokens.before - 40) / 0.85),
    policy: ladders[name],
    ...(name === 'summariser' ? { summarizer: instant } : {}),
  });
}

/**
 * Preflight, plan and commit of 4000 items, beside a mere recount of them, which tells how busy the machine is: in a session that grew up to the trigger, and in one never seen.
 */
export async function compactions(): Promise<readonly Line[]> {
  const items = sessionOf(4000);
  const texts = items.map((item) => chat.inspect(item).text);
  const lines: Line[] = [];
  for (const name of Object.keys(ladders) as LadderName[]) {
    const manager = await managerAtTrigger(items, name);
    const compact = async (sessionId: string) => {
      const { splice, outcome } = await manager.preflight({ sessionId, items });
      if (splice === undefined) throw new Error(`nothing was compacted: ${outcome}`);
    };
    const [, grown, known, recount] = await timePairs(11, [
      (round) => manager.preflight({ sessionId: `grown-${round}`, items: items.slice(0, -1) }),
      (round) => compact(`grown-${round}`),
      (round) => compact(`known-${round}`),
      () => recountOf(texts),
    ]);
    const asked = name === 'digest' ? '' : '50';
    const peer = { name: 'js-tiktoken, recount', timing: recount };
    lines.push({ name: `${name}: a session that has grown`, ours: grown, peer, asked });
    lines.push({ name: `${name}: another session, items read before`, ours: known, peer, asked });
  }
  return lines;
}
