import { describeTraceSource } from '../testing/describe-trace-source.ts';
import { MemorySource } from '../testing/memory-source.ts';

describeTraceSource('the source in memory', () => {
  const source = new MemorySource();
  return Promise.resolve({
    source,
    write: (spans) => {
      source.write(spans);
      return Promise.resolve();
    },
  });
});
