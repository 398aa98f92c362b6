import { decisionToScreen } from './decision-to-screen.ts';
import { delivery } from './delivery.ts';
import type { DeliveryRow } from './delivery.ts';
import { redaction } from './redaction.ts';

/** Delivery beside BatchSpanProcessor and the OTLP exporter, the way from a decision to the screen, and redaction. */
export async function reportDelivery(print: (line: string) => void): Promise<void> {
  print('\n| delivery | way | spans at the receiver | largest request, bytes | figures | to the peer |');
  print('|---|---|---|---|---|---|');
  let peer: DeliveryRow | undefined;
  for await (const row of delivery()) {
    peer = row.way === 'peer' ? row : peer;
    const figures = Object.entries(row.figures).map(([name, value]) => `${name} ${value.toFixed(1)}`);
    const ratios = Object.entries(row.figures).map(([name, value]) => {
      const theirs = peer?.figures[name];
      return theirs === undefined ? '-' : `${(value / theirs).toFixed(2)} ×`;
    });
    const without = row.withoutLength > 0 ? `, ${row.withoutLength} without a length` : '';
    print(
      `| ${row.load} | ${row.way} | ${row.spans} | ${row.largest}${without} | ${figures.join(', ')} | ${row.way === 'peer' ? '' : ratios.join(', ')} |`,
    );
  }

  const taken = await decisionToScreen(300);
  const at = (share: number) => taken[Math.ceil(taken.length * share) - 1]?.toFixed(1) ?? '-';
  print('\n| from a decision to the screen, ms | p50 | p95 | p99 | most |\n|---|---|---|---|---|');
  print(`| ${taken.length} decisions | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${at(1)} |`);

  print('\n| redaction of a megabyte | ms, median | p95 |\n|---|---|---|');
  for (const [name, { medianMillis, p95Millis }] of Object.entries(await redaction())) {
    print(`| ${name} | ${medianMillis.toFixed(1)} | ${p95Millis.toFixed(1)} |`);
  }
}
