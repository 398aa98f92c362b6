import { describeSink } from '@clew/exporters/testing';
import { busSink } from './own-sink.ts';

describeSink('our message bus', () => {
  const published: string[] = [];
  const sink = busSink(async ({ name }) => {
    published.push(name);
  });
  return { sink, arrived: () => published };
});
