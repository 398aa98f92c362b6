import { compactions } from './compaction.ts';
import { reportDelivery } from './delivery-report.ts';
import { firstCount, hostileCounts } from './first-count.ts';
import { growth } from './growth.ts';
import { reportHost } from './host-report.ts';
import { tableOf } from './line.ts';
import type { Line } from './line.ts';
import { coldHold, holds } from './loop-hold.ts';
import { oneMoreSpan } from './one-more-span.ts';
import { reportViewer } from './viewer-report.ts';

const print = (title: string, lines: readonly Line[]) =>
  process.stdout.write(`\n## ${title}\n\n${tableOf(lines)}\n`);

// First, while no table is read yet.
const cold = await coldHold();
process.stdout.write(
  'Milliseconds, the median of each; spread is from the least to the 95th percentile. Pairs are measured in turn.\n',
);
const growths: Line[] = [];
for (const count of [1000, 4000, 16_000, 64_000]) growths.push(...(await growth(count, 100)));
print('Preflight of a session that grows', growths);
print('First count', [...(await firstCount()), ...(await hostileCounts())]);
print('Compaction of 4000 items', await compactions());
print('The longest that the event loop is held', [cold, ...(await holds(5))]);
print("One more span in the viewer's model", await oneMoreSpan());

await reportHost((line) => void process.stdout.write(`${line}\n`));
await reportDelivery((line) => void process.stdout.write(`${line}\n`));
await reportViewer((line) => void process.stdout.write(`${line}\n`));
