import { writeSync } from 'node:fs';
import { createAriadneSink, drainAtExit, startTracing } from './index.ts';
import { PromptCalls } from './prompt-calls.fixture.ts';

// A process that ends spans and then ends itself, or is ended, in one of many ways.

const [url = '', spool = '', count = '0', ending = 'wait'] = process.argv.slice(2);
const sink = createAriadneSink({
  url,
  timeoutMillis: 500,
  log: (_level, text) => void writeSync(2, `${text}\n`),
  ...(spool !== '' && { spool: { path: spool } }),
});
const tracing = startTracing({ serviceName: 'sender', sinks: [sink] });
const log = (_level: string, text: string) => void writeSync(2, `${text}\n`);
drainAtExit(tracing.processor, { log, signals: ending === 'drain' ? ['SIGTERM'] : [] });

const root = tracing.tracer('test').startSpan('root').spanContext();
const calls = new PromptCalls();
for (let number = 0; number < Number(count); number += 1) {
  const attributes = { text: 'x'.repeat(500), root: root.traceId };
  const span = tracing.tracer('test').startSpan(`${process.pid} ${number}`, { attributes });
  calls.call(() => span.end());
}
writeSync(1, `${JSON.stringify({ ...sink.stats(), arePrompt: calls.arePrompt })}\n`);

if (ending === 'exit') {
  process.exit(0);
} else if (ending === 'throw') {
  throw new Error('nobody catches this');
} else if (ending !== 'finish') {
  setInterval(() => {}, 1000);
}
