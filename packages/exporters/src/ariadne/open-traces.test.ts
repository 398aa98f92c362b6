import { GenAi } from '@clew/semconv';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Span } from '@opentelemetry/sdk-trace-node';
import { expect, test } from 'vitest';
import { OpenTraces } from './open-traces.ts';

function recorded() {
  const spans: Span[] = [];
  const done = async (): Promise<void> => {};
  const processor = {
    onStart: (span: Span) => spans.push(span),
    onEnd: () => {},
    forceFlush: done,
    shutdown: done,
  };
  return { spans, tracer: new NodeTracerProvider({ spanProcessors: [processor] }).getTracer('t') };
}

test('the first agent below a root is remembered until the root ends', () => {
  const { spans, tracer } = recorded();
  const within = trace.setSpan(ROOT_CONTEXT, tracer.startSpan('root'));
  for (const agent of ['first', 'second']) {
    tracer.startSpan('invoke_agent', { attributes: { [GenAi.agentName]: agent } }, within);
  }
  const open = new OpenTraces();
  for (const span of spans) open.start(span);
  const roots = spans.slice(0, 1);
  expect([...roots, ...roots].map((root) => open.end(root))).toEqual(['first', undefined]);
});

test('a span whose root was never seen starts nothing, and roots that never end do not pile up', () => {
  const { spans, tracer } = recorded();
  const attributes = { [GenAi.agentName]: 'an agent' };
  const within = trace.setSpan(ROOT_CONTEXT, tracer.startSpan('unseen root'));
  tracer.startSpan('orphan', { attributes }, within);
  for (let number = 0; number < 1001; number += 1) tracer.startSpan('root', { attributes });
  const open = new OpenTraces();
  for (const span of spans.slice(1)) open.start(span);
  const ends = [1, 2, 3, 1002].map((index) => {
    const span = spans[index];
    return span === undefined ? 'missing' : open.end(span);
  });
  expect(ends).toEqual([undefined, undefined, 'an agent', 'an agent']);
});
