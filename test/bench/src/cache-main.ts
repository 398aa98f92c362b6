import type { CompactPolicyInput } from '@clew/core';
import { beliefsOn } from './cache-belief.ts';
import { billOf, recordedBill } from './cache-bill.ts';
import { recordedCalls, recordedSession } from './recorded-session.ts';

const print = (line: string) => process.stdout.write(`${line}\n`);
const calls = recordedCalls(process.argv[2] ?? recordedSession);

print('What the engine believed of the cache before each call, and whether the provider then read it.\n');
print('| believed | because | calls | read | not read |');
print('|---|---|---|---|---|');
const beliefs = await beliefsOn(calls);
const kinds = new Set(beliefs.map(({ cache }) => `${cache.state} | ${cache.reason}`));
for (const kind of kinds) {
  const of = beliefs.filter(({ cache }) => `${cache.state} | ${cache.reason}` === kind);
  const hits = of.filter(({ isHit }) => isHit).length;
  print(`| ${kind} | ${of.length} | ${hits} | ${of.length - hits} |`);
}

const policies: readonly (readonly [string, CompactPolicyInput])[] = [
  ['default', {}],
  ['cuts for any gain (min_reclaim_pct 0)', { minReclaimPct: 0 }],
  ['pays within 20 calls (max_break_even_calls)', { maxBreakEvenCalls: 20 }],
  ['early when cold (idle_trigger_pct 0.45, target_pct 0.3)', { idleTriggerPct: 0.45, targetPct: 0.3 }],
  ['target_pct 0.3 alone', { targetPct: 0.3 }],
];
const whole = await billOf(calls, 1_000_000, {});
print(
  `\nThe input was billed ${recordedBill(calls).toFixed(2)} $; with nothing compacted it comes to ${whole.input.toFixed(2)} $ here.`,
);
print('What it would have cost, the agent doing what it did:\n');
print(
  '| window | policy | compactions | of them early | held | break-even calls | epochs | read | written | input $ | summaries $ | sum $ |',
);
print('|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const window of [64_000, 128_000, 200_000]) {
  for (const [name, policy] of policies) {
    const bill = await billOf(calls, window, policy);
    const { compactions, early, held, breakEvenCalls, epochs, read, written, input, summaries } = bill;
    const sums = [input, summaries, input + summaries].map((amount) => amount.toFixed(2));
    print(
      `| ${[window, name, compactions, early, held, breakEvenCalls.join(', '), epochs, read, written, ...sums].join(' | ')} |`,
    );
  }
}
