import type { Summarizer, SummaryDraft, SummaryRequest } from '@clew/core';
import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';
import { describe, expect, it } from 'vitest';
import { recordMetrics } from './metric-recorder.fixture.ts';
import { redactSecret } from './redact-secret.fixture.ts';
import { runStart, secret, steps } from './run-fixture.fixture.ts';
import { brokenTracer, names, recordSpans } from './span-recorder.fixture.ts';
import { createTracingObserver } from './tracing-observer.ts';
import { traceSummarizer } from './trace-summarizer.ts';
import type { TraceSummarizerOptions } from './trace-summarizer.ts';

const request: SummaryRequest = {
  sessionId: 'session-1',
  strategy: 'task_state',
  instructions: 'Summarise.',
  prompt: `The user said ${secret}.`,
  maxTokens: 1500,
  temperature: 0,
  seed: 7,
};
const draft: SummaryDraft = {
  text: `A summary with ${secret}.`,
  model: 'gpt-5-mini-2026-01-01',
  usage: { inputTokens: 900, outputTokens: 80, cacheReadInputTokens: 300 },
};

const { signal } = new AbortController();

function summarizerOf(
  summarize: Summarizer['summarize'],
  model: string | undefined = 'gpt-5-mini',
): Summarizer {
  return { name: 'test', model, summarize };
}

function traced(summarize: Summarizer['summarize'], options: Partial<TraceSummarizerOptions> = {}) {
  const recorder = recordSpans();
  const summarizer = traceSummarizer(summarizerOf(summarize), {
    tracer: recorder.tracer,
    provider: 'openai',
    redact: redactSecret,
    ...options,
  });
  return { ...recorder, summarizer };
}

describe("the span of the summariser's call", () => {
  it('is an ordinary inference span with its usage', async () => {
    const { summarizer, named } = traced(async () => draft, { capture: 'none' });
    expect(await summarizer.summarize(request, signal)).toBe(draft);
    const span = named('chat gpt-5-mini');
    expect(span.kind).toBe(SpanKind.CLIENT);
    expect(span.status.code).toBe(SpanStatusCode.UNSET);
    expect(span.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.response.model': 'gpt-5-mini-2026-01-01',
      'gen_ai.usage.input_tokens': 900,
      'gen_ai.usage.output_tokens': 80,
      'gen_ai.usage.cache_read.input_tokens': 300,
    });
  });

  it('claims no usage, model or provider that nobody told', async () => {
    const recorder = recordSpans();
    const { model: _model, ...nameless } = summarizerOf(async () => ({ text: 'A summary.' }));
    await traceSummarizer(nameless, { tracer: recorder.tracer }).summarize(request, signal);
    expect(recorder.named('chat').attributes).toEqual({ 'gen_ai.operation.name': 'chat' });
  });

  it('hands the request and the signal on, and keeps the name and the model', async () => {
    const given: unknown[] = [];
    const { summarizer } = traced(async (...all) => {
      given.push(...all);
      return draft;
    });
    await summarizer.summarize(request, signal);
    expect(given).toEqual([request, signal]);
    expect([summarizer.name, summarizer.model]).toEqual(['test', 'gpt-5-mini']);
  });

  it('is active while the call runs, and lies below the step that the summary becomes', async () => {
    const seen: unknown[] = [];
    const { summarizer, tracer, named } = traced(async () => {
      await Promise.resolve();
      seen.push(trace.getSpan(context.active())?.spanContext().spanId);
      return draft;
    });
    const run = createTracingObserver({ tracer }).start(runStart);
    await run.within(async () => ({
      value: await summarizer.summarize(request, signal),
      step: steps.summary,
    }));
    const chat = named('chat gpt-5-mini');
    expect(seen).toEqual([chat.spanContext().spanId]);
    expect(chat.parentSpanContext?.spanId).toBe(named('compact.summary_created').spanContext().spanId);
  });

  it.each([
    [
      'rejects',
      async () => Promise.reject(Object.assign(new Error(secret), { code: 'ECONNRESET' })),
      'ECONNRESET',
    ],
    ['times out', async () => Promise.reject(errorNamed('TimeoutError')), 'TimeoutError'],
    ['throws what is no error', async () => Promise.reject('nothing'), '_OTHER'],
  ])('is an error where the call %s', async (_how, summarize, errorType) => {
    const { summarizer, ended } = traced(summarize);
    await expect(summarizer.summarize(request, signal)).rejects.toBeDefined();
    const [span] = ended();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR, message: errorType });
    expect(span?.attributes['error.type']).toBe(errorType);
    expect(JSON.stringify(span?.attributes)).not.toContain(secret);
  });
});

describe('the content of the call', () => {
  it('is there in full only where it is asked for', async () => {
    const { summarizer, named: span } = traced(async () => draft, { capture: 'full' });
    await summarizer.summarize(request, signal);
    expect(parsed(span('chat gpt-5-mini').attributes)).toEqual({
      'gen_ai.system_instructions': [{ type: 'text', content: 'Summarise.' }],
      'gen_ai.input.messages': [{ role: 'user', parts: [{ type: 'text', content: request.prompt }] }],
      'gen_ai.output.messages': [
        { role: 'assistant', parts: [{ type: 'text', content: draft.text }], finish_reason: 'stop' },
      ],
    });
  });

  it('is redacted by default', async () => {
    const { summarizer, ended } = traced(async () => ({ ...draft, refused: true }));
    await summarizer.summarize(request, signal);
    const text = JSON.stringify(ended()[0]?.attributes);
    expect(text).not.toContain(secret);
    expect(text).toContain('The user said <REDACTED>.');
    expect(text).toContain('content_filter');
  });

  it('is absent without a redactor', async () => {
    const { summarizer, ended } = traced(async () => draft, { redact: undefined });
    await summarizer.summarize(request, signal);
    expect(parsed(ended()[0]?.attributes ?? {})).toEqual({});
  });
});

describe('a summariser whose tracer is broken', () => {
  it('summarises all the same, and fails as it failed', async () => {
    const good = traceSummarizer(
      summarizerOf(async () => draft),
      { tracer: brokenTracer },
    );
    await expect(good.summarize(request, signal)).resolves.toBe(draft);
    const bad = traceSummarizer(
      summarizerOf(async () => Promise.reject(new Error('mine'))),
      { tracer: brokenTracer },
    );
    await expect(bad.summarize(request, signal)).rejects.toThrow('mine');
  });
});

describe('the usage of the call', () => {
  it('is measured as the GenAI conventions say', async () => {
    const { meter, collect } = recordMetrics();
    const { summarizer, ended } = traced(async () => draft, { meter });
    await summarizer.summarize(request, signal);
    const shared = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-5-mini',
      'gen_ai.response.model': 'gpt-5-mini-2026-01-01',
    };
    expect(await collect('gen_ai.client.token.usage')).toEqual([
      { attributes: { ...shared, 'gen_ai.token.type': 'input' }, sum: 900, count: 1 },
      { attributes: { ...shared, 'gen_ai.token.type': 'output' }, sum: 80, count: 1 },
    ]);
    expect(names(ended())).toEqual(['chat gpt-5-mini']);
  });

  it('is not 0 where it is unknown', async () => {
    const { meter, collect } = recordMetrics();
    const { summarizer } = traced(async () => ({ text: 'A summary.', usage: { inputTokens: 5 } }), { meter });
    await summarizer.summarize(request, signal);
    expect(await collect('gen_ai.client.token.usage')).toMatchObject([{ sum: 5 }]);
  });
});

function errorNamed(name: string): Error {
  return Object.assign(new Error(name), { name });
}

function parsed(attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const content = Object.entries(attributes).flatMap(([key, value]) =>
    /messages|instructions/u.test(key) ? [[key, JSON.parse(String(value))] as const] : [],
  );
  return Object.fromEntries(content);
}
