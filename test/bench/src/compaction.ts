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

/** The window whose trigger the last of the items reaches. */
async function windowFor(items: readonly ChatItem[]): Promise<number> {
  const probe = new CompactManager({ model: 'gpt-5', dialect: chat, maxContextTokens: 100_000_000 });
  const { tokens } = await probe.preflight({ sessionId: 's', items });
  return Math.ceil((tokens.before - 40) / 0.85);
}

function managerOf(name: LadderName, maxContextTokens: number): CompactManager<ChatItem> {
  return new CompactManager({
    model: 'gpt-5',
    dialect: chat,
    maxContextTokens,
    policy: ladders[name],
    ...(name === 'summariser' ? { summarizer: instant } : {}),
  });
}

/** A manager whose trigger the last of the items reaches. */
export async function managerAtTrigger(
  items: readonly ChatItem[],
  name: LadderName,
): Promise<CompactManager<ChatItem>> {
  return managerOf(name, await windowFor(items));
}

/**
 * Preflight, plan and commit of 4000 items in a session that grew up to its trigger, beside a mere recount of them,
 * which tells how busy the machine is. Each round has items and a manager of its own: nothing is left of the last.
 */
export async function compactions(): Promise<readonly Line[]> {
  const items = sessionOf(4000);
  const texts = items.map((item) => chat.inspect(item).text);
  const window = await windowFor(items);
  const lines: Line[] = [];
  for (const name of Object.keys(ladders) as LadderName[]) {
    let session:
      | { readonly manager: CompactManager<ChatItem>; readonly own: readonly ChatItem[] }
      | undefined;
    const [, grown, recount] = await timePairs(15, [
      async () => {
        const own = structuredClone(items);
        session = { manager: managerOf(name, window), own };
        await session.manager.preflight({ sessionId: 's', items: own.slice(0, -1) });
      },
      async () => {
        const done = await session?.manager.preflight({ sessionId: 's', items: session.own });
        if (done?.splice === undefined) throw new Error(`nothing was compacted: ${done?.outcome}`);
      },
      () => recountOf(texts),
    ]);
    const asked = name === 'digest' ? '' : '50';
    const peer = { name: 'js-tiktoken, recount', timing: recount };
    lines.push({ name, ours: grown, peer, asked });
  }
  return lines;
}
