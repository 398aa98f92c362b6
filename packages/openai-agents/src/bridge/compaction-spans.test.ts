import { expect, test } from 'vitest';
import { CompactionSpans } from './compaction-spans.ts';

const span = (spanId: string) => ({ traceId: 'a'.repeat(32), spanId, traceFlags: 1 });

test('the latest thousand runs are remembered', () => {
  const spans = new CompactionSpans();
  for (let run = 1; run <= 1001; run += 1) spans.note(`run-${run}`, span(String(run)));

  expect(spans.get('run-1')).toBeUndefined();
  expect(spans.get('run-2')).toEqual(span('2'));
  expect(spans.get('run-1001')).toEqual(span('1001'));
});
