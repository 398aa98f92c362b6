import { diag } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { OutageLog } from './outage-log.ts';

const lines: string[] = [];
const write = (text: string): void => {
  lines.push(text);
};

afterEach(() => {
  diag.disable();
  lines.length = 0;
});

test('an outage is told once, and once that it is over; each reason for a drop once', () => {
  diag.setLogger(
    { error: write, warn: write, info: write, debug: write, verbose: write },
    { suppressOverrideMessage: true },
  );
  const log = new OutageLog('[Ariadne]');
  log.recovered();
  for (let time = 0; time < 1000; time += 1) {
    log.failed('it is out of reach');
    log.dropped('queue_full', 'too much');
    log.dropped('rejected', 'a bad event');
  }
  log.recovered();
  log.recovered();
  log.failed('out of reach again');
  expect(lines).toEqual([
    '[Ariadne] it is out of reach. Spans are kept and sent again; this is said once.',
    '[Ariadne] dropped (queue_full): too much. Further ones are only counted, see stats().',
    '[Ariadne] dropped (rejected): a bad event. Further ones are only counted, see stats().',
    '[Ariadne] delivering again after 1000 failed attempts.',
    '[Ariadne] out of reach again. Spans are kept and sent again; this is said once.',
  ]);
});
