import type { CompactObserver, CompactResult, Step } from '@clew/core';
import { decode, isRecordName } from '@clew/semconv';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import type { ContextManager, SpanContext, Tracer } from '@opentelemetry/api';
import { AlwaysOffSampler } from '@opentelemetry/sdk-trace-node';
import { describe, expect, it } from 'vitest';
import { redactSecret } from './redact-secret.fixture.ts';
import { at, belowTrigger, compacted, runStart, secret, steps } from './run-fixture.fixture.ts';
import { brokenTracer, names, recordSpans } from './span-recorder.fixture.ts';
import type { SpanRecorder } from './span-recorder.fixture.ts';
import { createTracingObserver } from './tracing-observer.ts';
import type { TracingObserverOptions } from './tracing-observer.ts';

const now = () => at(200);

function observe(
  options: Partial<TracingObserverOptions> = {},
): SpanRecorder & { observer: CompactObserver } {
  const recorder = recordSpans();
  const observer = createTracingObserver({ tracer: recorder.tracer, redact: redactSecret, now, ...options });
  return { ...recorder, observer };
}

/** A whole run, with every kind of step. */
async function play(observer: CompactObserver, result: CompactResult<unknown> = compacted): Promise<void> {
  const run = observer.start(runStart);
  run.tell(steps.estimate);
  run.tell(steps.decision);
  await run.within(async () => ({ value: 1, step: steps.archival }));
  await run.within(async () => ({ value: 2, step: steps.summary }));
  run.tell(steps.pruned);
  run.tell(steps.error);
  run.end(result, at(600));
}

const millis = ([seconds, nanos]: readonly [number, number]) => seconds * 1000 + nanos / 1e6;

describe('the spans of a run', () => {
  it('are one tree: the steps in their order, and then the run', async () => {
    const { observer, ended, named } = observe();
    await play(observer);
    expect(names(ended())).toEqual([
      'compact.token_estimate',
      'compact.trigger_decision',
      'compact.archival',
      'compact.summary_created',
      'compact.pruned_messages',
      'compact.error',
      'compact.run',
    ]);
    const parent = named('compact.run').spanContext();
    for (const child of ended().slice(0, -1)) {
      expect(child.parentSpanContext?.spanId).toBe(parent.spanId);
      expect(child.spanContext().traceId).toBe(parent.traceId);
      expect(child.kind).toBe(SpanKind.INTERNAL);
    }
  });

  it('hang below the span that was active when the run began', async () => {
    const { observer, tracer, named } = observe();
    await tracer.startActiveSpan('turn', async (turn) => {
      await play(observer);
      turn.end();
    });
    expect(named('compact.run').parentSpanContext?.spanId).toBe(named('turn').spanContext().spanId);
  });

  it('end when the step has happened, not when the run is over', async () => {
    const { observer, ended } = observe();
    const run = observer.start(runStart);
    run.tell(steps.decision);
    expect(names(ended())).toEqual(['compact.trigger_decision']);
    await run.within(async () => {
      expect(names(ended())).toEqual(['compact.trigger_decision']);
      return { value: undefined, step: steps.archival };
    });
    expect(names(ended())).toEqual(['compact.trigger_decision', 'compact.archival']);
  });

  it('have the times of the engine', async () => {
    const { observer, named } = observe();
    await play(observer);
    const times = (name: string) => [millis(named(name).startTime), millis(named(name).endTime)];
    expect(times('compact.run')).toEqual([at(0), at(600)]);
    expect(times('compact.token_estimate')).toEqual([at(0), at(5)]);
    expect(times('compact.summary_created')).toEqual([at(200), at(300)]);
  });

  it('have the times of the engine also where its clock starts near 0, and never end before they start', () => {
    const { observer, named } = observe({ now: () => 5 });
    const run = observer.start({ ...runStart, startedAt: 5 });
    run.tell({ ...steps.estimate, startedAt: 7, endedAt: 6 });
    run.end(compacted, 3);
    expect(millis(named('compact.run').startTime)).toBe(5);
    expect(millis(named('compact.run').endTime)).toBe(5);
    expect(millis(named('compact.token_estimate').endTime)).toBe(7);
  });

  it('decode to records that name the same run', async () => {
    const { observer, ended } = observe();
    await play(observer);
    for (const { name, attributes } of ended()) {
      expect(isRecordName(name) && decode(name, attributes)).toMatchObject({
        ok: true,
        record: { id: 'run-1', session_id: 'session-1', call_index: 12 },
        issues: [],
      });
    }
  });

  it('drop no attribute', async () => {
    const { observer, ended } = observe();
    await play(observer);
    for (const span of ended()) expect(span.droppedAttributesCount).toBe(0);
  });

  it('carry the GenAI attributes, the model on the run only', async () => {
    const { observer, ended, named } = observe({ conversationId: () => 'conversation-1' });
    await play(observer);
    for (const { attributes } of ended()) {
      expect(attributes).toMatchObject({
        'gen_ai.operation.name': 'compact',
        'gen_ai.agent.name': 'coder',
        'gen_ai.conversation.id': 'conversation-1',
      });
    }
    const model = { 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'gpt-5.2' };
    expect(named('compact.run').attributes).toMatchObject(model);
    expect(named('compact.token_estimate').attributes).not.toHaveProperty(['gen_ai.request.model']);
  });

  it('claim no conversation, provider or agent where there is none', async () => {
    const { observer, named } = observe();
    const { provider: _provider, agent: _agent, ...bare } = runStart;
    observer.start(bare).end(compacted, at(1));
    const keys = Object.keys(named('compact.run').attributes).filter((key) => key.startsWith('gen_ai.'));
    expect(keys).toEqual(['gen_ai.operation.name', 'gen_ai.request.model']);
  });

  it('have the model, the provider and the operation from the first moment, for samplers', () => {
    const seen: unknown[] = [];
    const recorder = recordSpans({
      shouldSample: (_context, _traceId, name, _kind, attributes) => {
        seen.push({ name, ...attributes });
        return new AlwaysOffSampler().shouldSample();
      },
      toString: () => 'a sampler that looks',
    });
    createTracingObserver({ tracer: recorder.tracer }).start(runStart);
    expect(seen).toEqual([
      {
        name: 'compact.run',
        'gen_ai.operation.name': 'compact',
        'gen_ai.agent.name': 'coder',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-5.2',
      },
    ]);
  });

  it('are none where the run is not sampled, and the work is done all the same', async () => {
    const recorder = recordSpans(new AlwaysOffSampler());
    await play(createTracingObserver({ tracer: recorder.tracer }));
    expect(recorder.ended()).toEqual([]);
  });

  it('let the seam learn the span of the run as it starts', () => {
    const runs = new Map<string, SpanContext>();
    const { observer, named } = observe({ onRunSpan: (id, span) => runs.set(id, span) });
    const run = observer.start(runStart);
    const told = runs.get('run-1');
    run.end(belowTrigger, at(1));
    expect(told).toEqual(named('compact.run').spanContext());
  });

  it('end once, also where the engine ends twice', () => {
    const { observer, ended } = observe();
    const run = observer.start(runStart);
    run.end(compacted, at(1));
    run.end(belowTrigger, at(2));
    expect(ended().map(({ attributes }) => attributes['compact.outcome'])).toEqual(['compacted']);
  });
});

describe('the status of a span', () => {
  it('is an error for an error step, by its class and without its message', async () => {
    const { observer, named } = observe();
    await play(observer);
    const { status, attributes } = named('compact.error');
    expect(status).toEqual({ code: SpanStatusCode.ERROR, message: 'summarizer_failed' });
    expect(attributes['error.type']).toBe('summarizer_failed');
    expect(named('compact.archival').status.code).toBe(SpanStatusCode.UNSET);
  });

  it.each([
    ['failed', 'failed'],
    ['irreducible', 'irreducible'],
    ['invalid', 'invalid'],
    ['timeout', 'timeout'],
    ['empty', 'empty'],
    ['compacted', undefined],
    ['noop_below', undefined],
    ['noop_nothing', undefined],
    ['pruned_only', undefined],
    ['fallback', undefined],
    ['inflated', undefined],
    ['aborted', undefined],
    ['stale', undefined],
    ['futile', undefined],
  ] as const)('of a run that is %s is %s', (outcome, errorType) => {
    const { observer, named } = observe();
    observer.start(runStart).end({ ...compacted, outcome }, at(1));
    const { status, attributes } = named('compact.run');
    expect(attributes['error.type']).toBe(errorType);
    expect(status.code).toBe(errorType === undefined ? SpanStatusCode.UNSET : SpanStatusCode.ERROR);
  });
});

describe('within', () => {
  it('nests what the work emits below the step that it becomes', async () => {
    const { observer, tracer, named, ended } = observe();
    const run = observer.start(runStart);
    const settled = await run.within(async () => {
      await Promise.resolve();
      tracer.startSpan('chat gpt-5-mini').end();
      return { value: 'the value', step: steps.summary };
    });
    expect(settled).toEqual({ value: 'the value', step: steps.summary });
    expect(names(ended())).toEqual(['chat gpt-5-mini', 'compact.summary_created']);
    const step = named('compact.summary_created');
    expect(named('chat gpt-5-mini').parentSpanContext?.spanId).toBe(step.spanContext().spanId);
  });

  it('leaves the context of its caller as it was', async () => {
    const { observer } = observe();
    const run = observer.start(runStart);
    await run.within(async () => ({ value: 0, step: steps.summary }));
    expect(trace.getSpan(context.active())).toBeUndefined();
  });

  it('becomes an error where the step is one', async () => {
    const { observer, named } = observe();
    await observer.start(runStart).within(async () => ({ value: 0, step: steps.error }));
    expect(named('compact.error').status.code).toBe(SpanStatusCode.ERROR);
  });

  it.each([
    ['rejects', async () => Promise.reject(new TypeError(`no ${secret}`))],
    [
      'throws at once',
      () => {
        throw new TypeError(`no ${secret}`);
      },
    ],
  ])('ends as an error and passes it on where the work %s', async (_how, work) => {
    const { observer, ended, named } = observe();
    const run = observer.start(runStart);
    await expect(run.within(work)).rejects.toThrow(`no ${secret}`);
    expect(names(ended())).toEqual(['compact.error']);
    expect(decode('compact.error', named('compact.error').attributes)).toMatchObject({
      record: { error_type: 'TypeError', message: 'no <REDACTED>', fallback: 'none' },
    });
  });
});

describe('what leaves the process', () => {
  it('is everything with full capture, but never the items', async () => {
    const everything = await exported({ capture: 'full' });
    expect(everything).toContain(secret);
    expect(everything).not.toContain('never exported');
  });

  it('is without secrets by default', async () => {
    const text = await exported({});
    expect(text).not.toContain(secret);
    expect(text).toContain('deploy on Friday');
    expect(text).toContain('<REDACTED>');
  });

  it.each([
    ['nothing is captured', { capture: 'none' }],
    ['there is no redactor', { redact: undefined }],
    [
      'the redactor fails',
      {
        redact: () => {
          throw new Error('The redactor is broken.');
        },
      },
    ],
  ] as const)('is no content where %s', async (_when, options) => {
    const text = await exported(options);
    for (const content of [secret, 'deploy on Friday', 'hello', '401', '<REDACTED>']) {
      expect(text).not.toContain(content);
    }
  });
});

describe('a failure of the telemetry', () => {
  const fine = recordSpans().tracer;
  const brokenSpans: Tracer = {
    startSpan: (...given) => {
      const span = fine.startSpan(...given);
      span.updateName =
        span.setAttributes =
        span.end =
          () => {
            throw new Error('The span is broken.');
          };
      return span;
    },
    startActiveSpan: () => undefined,
  };
  const lateFailure: Tracer = {
    startSpan: (name, ...given) => (name === 'compact.run' ? fine : brokenTracer).startSpan(name, ...given),
    startActiveSpan: () => undefined,
  };

  it.each([
    ['a tracer that throws', { tracer: brokenTracer }],
    ['a tracer that throws after the run has begun', { tracer: lateFailure }],
    ['spans that throw', { tracer: brokenSpans }],
    [
      'options that throw',
      {
        tracer: fine,
        now: () => {
          throw new Error('no time');
        },
        conversationId: () => {
          throw new Error('no conversation');
        },
        onRunSpan: () => {
          throw new Error('no seam');
        },
      },
    ],
  ])('is not felt by the engine: %s', async (_what, options) => {
    const observer = createTracingObserver(options);
    const run = observer.start(runStart);
    let calls = 0;
    const work = async () => {
      calls += 1;
      return { value: 'done', step: steps.summary };
    };
    run.tell(steps.error);
    expect((await run.within(work)).value).toBe('done');
    await expect(run.within(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
    run.end(compacted, at(1));
    expect(calls).toBe(1);
  });

  it('costs one span its attributes, not the span', async () => {
    const { observer, named } = observe();
    const run = observer.start(runStart);
    const unreadable = (step: Step): Step => Object.defineProperty({ ...step }, 'ids', { get: fail });
    run.tell(unreadable(steps.pruned));
    run.end(Object.defineProperty({ ...compacted }, 'window', { get: fail }), at(1));
    expect(named('compact.pruned_messages').attributes).toEqual({
      'gen_ai.operation.name': 'compact',
      'gen_ai.agent.name': 'coder',
    });
    expect(named('compact.run').attributes).not.toHaveProperty(['compact.outcome']);
  });

  it('of the context manager leaves the work running, once', async () => {
    const { observer } = observe();
    context.disable();
    const broken: ContextManager = {
      active: () => ROOT_CONTEXT,
      with: fail,
      bind: (_context, target) => target,
      enable: () => broken,
      disable: () => broken,
    };
    context.setGlobalContextManager(broken);
    let calls = 0;
    const run = observer.start(runStart);
    await run.within(async () => ({ value: (calls += 1), step: steps.summary }));
    context.disable();
    expect(calls).toBe(1);
  });
});

async function exported(options: Partial<TracingObserverOptions>): Promise<string> {
  const { observer, ended } = observe(options);
  await play(observer);
  return JSON.stringify(
    ended().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
  );
}

function fail(): never {
  throw new Error('unreadable');
}
