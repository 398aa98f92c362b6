import { GenAi, toAttributes } from '@clew/semconv';
import type { RecordOf } from '@clew/semconv';
import { SpanKind, SpanStatusCode, trace, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Attributes, HrTime, SpanOptions } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { describe, expect, test } from 'vitest';
import { SpanEvent } from './ariadne-event.ts';
import { spanToEvent } from './span-to-event.ts';

type Facts = SpanOptions & { readonly error?: string; readonly endTime?: HrTime };

/** A span of the real SDK, ended. */
function ended(
  name: string,
  { error, endTime = [1_700_000_000, 250_000_000], ...options }: Facts = {},
): ReadableSpan {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const span = provider
    .getTracer('scope')
    .startSpan(name, { startTime: [1_700_000_000, 123_456_789], ...options });
  if (error !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
  span.end(endTime);
  const [finished] = exporter.getFinishedSpans();
  if (finished === undefined) throw new Error('the span did not end');
  return finished;
}

const sentence = (name: string, attributes: Attributes, more: Facts = {}) =>
  spanToEvent(ended(name, { attributes, ...more })).data?.['output_text'];

describe('a span as an event', () => {
  test('has its ids, nanoseconds in UTC, and no field that is empty', () => {
    const span = ended('work');
    const event = spanToEvent(span);
    expect(event).toEqual({
      type: 'span',
      trace_id: span.spanContext().traceId,
      span_id: span.spanContext().spanId,
      kind: 'custom',
      name: 'work',
      started_at: '2023-11-14T22:13:20.123456789Z',
      ended_at: '2023-11-14T22:13:20.250000000Z',
      status: 'ok',
      data: {
        'service.name': expect.stringContaining('unknown_service'),
        'otel.scope.name': 'scope',
        output_text: 'work, 127 ms',
      },
    });
    expect(SpanEvent.parse(event)).toEqual(event);
  });

  test('names its parent, what it links to, what happened in it and what went wrong', () => {
    const provider = new NodeTracerProvider();
    const parent = provider.getTracer('scope').startSpan('parent');
    const exporter = new InMemorySpanExporter();
    const other = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    const span = other
      .getTracer('scope')
      .startSpan('work', { links: [{ context: parent.spanContext() }] }, trace.setSpan(ROOT_CONTEXT, parent));
    span.addEvent('retried', { attempt: 2 }, [1_700_000_000, 0]);
    span
      .setAttribute('error.type', 'RateLimitError')
      .setStatus({ code: SpanStatusCode.ERROR, message: 'slow down' });
    span.end();
    const [event] = exporter.getFinishedSpans().map(spanToEvent);
    expect(event).toMatchObject({
      parent_id: parent.spanContext().spanId,
      status: 'error',
      data: {
        error: { type: 'RateLimitError', message: 'slow down' },
        links: [{ trace_id: parent.spanContext().traceId, span_id: parent.spanContext().spanId }],
        events: [{ name: 'retried', at: '2023-11-14T22:13:20.000000000Z', facts: { attempt: 2 } }],
        output_text: expect.stringMatching(/^ERROR RateLimitError: slow down \(work, /),
      },
    });
  });

  test('has a name though its span has none, and one that Ariadne does not cut', () => {
    expect(spanToEvent(ended(' ')).name).toBe('custom');
    expect(spanToEvent(ended('n'.repeat(5000))).name).toHaveLength(1000);
  });
});

describe('a span of ours', () => {
  const record: RecordOf<'compact.archival'> = {
    schema_version: 1,
    id: 'run-1',
    session_id: 's-1',
    call_index: 3,
    step: 'transcript',
    storage_adapter: 'fs',
    location: '.compact/archive/s-1/transcript-pre-compact-001.jsonl',
  };

  test('carries its record, nested, a sentence, and what stands beside the record', () => {
    const attributes = {
      ...toAttributes('compact.archival', record),
      [GenAi.operationName]: 'compact',
      'session.id': 's-1',
    };
    const event = spanToEvent(ended('compact.archival', { attributes }));
    expect(event).toMatchObject({ kind: 'compaction', name: 'compact.archival' });
    expect(event.data).toEqual({
      ...record,
      output_text: expect.stringContaining('transcript'),
      [GenAi.operationName]: 'compact',
      'session.id': 's-1',
      'service.name': expect.any(String),
      'otel.scope.name': 'scope',
    });
  });

  test('keeps its attributes where they are no record that we know', () => {
    const { data, kind } = spanToEvent(
      ended('compact.run', { attributes: { 'compact.schema_version': 99 } }),
    );
    expect(kind).toBe('compaction');
    expect(data).toMatchObject({ 'compact.schema_version': 99, output_text: 'compact.run, 127 ms' });
  });
});

describe('any other span', () => {
  test.each([
    [{ [GenAi.operationName]: 'invoke_agent' }, 'agent'],
    [{ [GenAi.operationName]: 'execute_tool', 'openai.agents.span_type': 'function' }, 'tool'],
    [{ [GenAi.operationName]: 'chat' }, 'llm'],
    [{ [GenAi.operationName]: 'handoff' }, 'handoff'],
    [{ [GenAi.operationName]: 'guardrail' }, 'guardrail'],
    [{ [GenAi.operationName]: 'invoke_workflow', 'openai.agents.span_type': 'trace' }, 'workflow'],
    [{ 'openai.agents.span_type': 'turn' }, 'turn'],
    [{ [GenAi.operationName]: 'something_new' }, 'custom'],
    [{}, 'custom'],
  ])('with %j is of kind %s', (attributes, kind) => {
    expect(spanToEvent(ended('x', { attributes })).kind).toBe(kind);
  });

  test.each<[string, Attributes, string]>([
    [
      'chat gpt-5',
      {
        [GenAi.operationName]: 'chat',
        [GenAi.requestModel]: 'gpt-5',
        [GenAi.usageInputTokens]: 12_345,
        [GenAi.usageOutputTokens]: 210,
        [GenAi.usageCacheReadInputTokens]: 9000,
        [GenAi.responseFinishReasons]: ['stop'],
      },
      'gpt-5: 12,345 in (9,000 cached), 210 out tokens, stop',
    ],
    ['chat', { [GenAi.operationName]: 'chat', [GenAi.usageOutputTokens]: 1 }, 'chat: 1 out tokens'],
    [
      'chat gpt-5',
      { [GenAi.operationName]: 'chat', [GenAi.responseModel]: 'gpt-5' },
      'gpt-5: usage not reported',
    ],
    [
      'execute_tool read_file',
      { [GenAi.operationName]: 'execute_tool', [GenAi.toolName]: 'read_file' },
      'read_file, 127 ms, result not captured',
    ],
    [
      'invoke_agent Triage',
      {
        [GenAi.operationName]: 'invoke_agent',
        [GenAi.agentName]: 'Triage',
        'openai.agents.tools': ['a', 'b'],
      },
      'Agent Triage with 2 tools, 127 ms',
    ],
    ['invoke_agent', { [GenAi.operationName]: 'invoke_agent' }, 'Agent invoke_agent, 127 ms'],
    [
      'handoff',
      {
        [GenAi.operationName]: 'handoff',
        'openai.agents.handoff.from': 'A',
        'openai.agents.handoff.to': 'B',
      },
      'A → B',
    ],
    ['handoff B', { [GenAi.operationName]: 'handoff', 'openai.agents.handoff.to': 'B' }, 'handoff B'],
    [
      'guardrail x',
      {
        'openai.agents.span_type': 'guardrail',
        'openai.agents.guardrail.name': 'x',
        'openai.agents.guardrail.triggered': true,
      },
      'Guardrail x was triggered',
    ],
    ['guardrail x', { 'openai.agents.span_type': 'guardrail' }, 'Guardrail guardrail x passed'],
    [
      'turn',
      { 'openai.agents.span_type': 'turn', 'openai.agents.turn': 4, [GenAi.agentName]: 'A' },
      'Turn 4 of A, 127 ms',
    ],
  ])('%s is told as a sentence', (name, attributes, expected) => {
    expect(sentence(name, attributes)).toBe(expected);
  });

  test('tells seconds, and an error that has neither type nor message', () => {
    expect(
      sentence('work', {}, { kind: SpanKind.CLIENT, endTime: [1_700_000_012, 500_000_000], error: '' }),
    ).toBe('ERROR Error (work, 12.4 s)');
  });

  test('shows what a tool returned beneath the sentence, as far as Ariadne shows it', () => {
    const attributes = { [GenAi.operationName]: 'execute_tool', [GenAi.toolName]: 'read_file' };
    const result = 'x'.repeat(4321);
    expect(sentence('t', { ...attributes, [GenAi.toolCallResult]: result })).toBe(
      `read_file → 4,321 characters\n\n${result.slice(0, 4000)}`,
    );
  });

  test('shows what a model answered, in words and in calls', () => {
    const messages = [
      {
        role: 'assistant',
        parts: [
          { type: 'text', content: 'Let me look.' },
          { type: 'tool_call', name: 'read_file', arguments: '{"path":"a"}' },
          { type: 'tool_call', arguments: { path: 'b' } },
          { type: 'reasoning' },
        ],
      },
    ];
    const text = sentence('c', {
      [GenAi.operationName]: 'chat',
      [GenAi.outputMessages]: JSON.stringify(messages),
    });
    expect(text).toBe(
      'c: usage not reported\n\nLet me look.\n\n(tool call) read_file({"path":"a"})\n\n(tool call) unnamed({"path":"b"})',
    );
  });

  test.each(['not JSON', '{"role":1}', '[]'])('is not shaken by messages like %s', (messages) => {
    expect(sentence('c', { [GenAi.operationName]: 'chat', [GenAi.outputMessages]: messages })).toBe(
      'c: usage not reported',
    );
  });
});
