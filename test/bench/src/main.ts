import { CompactManager, chat } from '@clew/core';
import { firstCount, hostileCounts } from './first-count.ts';
import { growth } from './growth.ts';
import { loopHold } from './loop-hold.ts';
import { sessionOf } from './session.ts';
import { timePairs } from './timing.ts';
import type { Timing } from './timing.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);
const shown = (timing: Timing | undefined) =>
  timing === undefined || Number.isNaN(timing.medianMillis)
    ? '-'
    : `${timing.medianMillis.toFixed(3)} (p95 ${timing.p95Millis.toFixed(3)})`;

// First, while no table is read yet.
const held = await loopHold(4500);
print('Milliseconds, median (p95); each row measured in turn in this run.\n');
print('| items | tokens | preflight, one item more | LangChain, approximate | js-tiktoken, recount |');
print('|---|---|---|---|---|');
for (const count of [1000, 4000, 16_000, 64_000]) {
  const { items, tokens, timings } = await growth(count, 100);
  print(`| ${items} | ${tokens} | ${timings.map(shown).join(' | ')} |`);
}

print('\n| first count | tokens | time |\n|---|---|---|');
for (const [name, { tokens, timing }] of Object.entries(await firstCount())) {
  print(`| ${name} | ${tokens} | ${shown(timing)} |`);
}

print('\n| a million units | time |\n|---|---|');
for (const [name, timing] of await hostileCounts()) print(`| ${name} | ${shown(timing)} |`);

print('\n| compaction without a model | time |\n|---|---|');
const items = sessionOf(4000);
const manager = new CompactManager({ model: 'gpt-5', maxContextTokens: 200_000, dialect: chat });
const [cut] = await timePairs(7, [
  async (round: number) => {
    const { splice, outcome } = await manager.preflight({ sessionId: `session-${round}`, items });
    if (splice === undefined) throw new Error(`nothing was compacted: ${outcome}`);
  },
]);
print(`| preflight, plan, digest and commit of 4000 items, weights known | ${shown(cut)} |`);
print(
  `| the event loop held at most, by the first look at 4500 items, tables included | ${held.toFixed(1)} |`,
);
