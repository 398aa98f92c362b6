import { ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { compactedLink, compactedRunOf, withCompactedRun } from './compacted-run.ts';
import { at, compacted, runStart } from './run-fixture.fixture.ts';
import { recordSpans } from './span-recorder.fixture.ts';
import { createTracingObserver } from './tracing-observer.ts';

describe('the model call after a compaction', () => {
  it('is marked, and linked to the span of the run', () => {
    const { tracer, named } = recordSpans();
    let inside = ROOT_CONTEXT;
    const observer = createTracingObserver({
      tracer,
      onRunSpan: (_id, span) => {
        inside = withCompactedRun(inside, span);
      },
    });
    observer.start(runStart).end(compacted, at(1));
    tracer.startSpan('chat gpt-5.2', compactedLink(inside)).end();

    const run = named('compact.run').spanContext();
    const chat = named('chat gpt-5.2');
    expect(compactedRunOf(inside)).toEqual(run);
    expect(chat.attributes).toEqual({ 'gen_ai.conversation.compacted': true });
    expect(chat.links.map((link) => link.context)).toEqual([run]);
  });

  it('is neither marked nor linked where there was none: the mark is never false', () => {
    expect(compactedRunOf(ROOT_CONTEXT)).toBeUndefined();
    expect(compactedLink(ROOT_CONTEXT)).toEqual({ attributes: {}, links: [] });
  });
});
