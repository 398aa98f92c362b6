import { CompactManager } from '@clew/core';
import { writtenSummary } from '@clew/core/testing';
import type { Dialect, ItemView, Summarizer } from '@clew/core';
import { decode, isRecordName } from '@clew/semconv';
import { describe, expect, it } from 'vitest';
import { redactSecret } from './redact-secret.fixture.ts';
import { secret } from './run-fixture.fixture.ts';
import { names, recordSpans } from './span-recorder.fixture.ts';
import { traceSummarizer } from './trace-summarizer.ts';
import { createTracingObserver } from './tracing-observer.ts';

type Line = { readonly role: 'user' | 'assistant'; readonly text: string };

/** The smallest format that a conversation can have. */
const lines: Dialect<Line> = {
  name: 'lines',
  inspect: ({ role, text }): ItemView => ({
    kind: 'message',
    role,
    calls: [],
    answers: [],
    text,
    mediaCount: 0,
  }),
  replaceText: (line, text) => ({ ...line, text }),
  message: (role, text) => ({ role, text }),
  hasFlag: () => false,
  withoutFlag: (line) => line,
};

const history = Array.from({ length: 40 }, (_, index): Line => {
  const role = index % 2 === 0 ? 'user' : 'assistant';
  return { role, text: `${role} says ${secret} and more in line ${index} ${'word '.repeat(40)}` };
});

function setUp(summarizer: Summarizer) {
  const recorder = recordSpans();
  const { tracer } = recorder;
  const manager = new CompactManager({
    model: 'gpt-5.2',
    maxContextTokens: 4000,
    dialect: lines,
    policy: { hardCapBuffer: 100, keepRecentTurns: 2 },
    counter: { name: 'words', basis: 'estimate', count: (text) => text.split(/\s+/u).length * 3 },
    summarizer: traceSummarizer(summarizer, { tracer, redact: redactSecret }),
    observer: createTracingObserver({ tracer, redact: redactSecret }),
  });
  return { ...recorder, manager };
}

const summarizer: Summarizer = {
  name: 'test',
  model: 'gpt-5-mini',
  maxInputTokens: 100_000,
  summarize: async () => ({
    text: writtenSummary(`They spoke of ${secret}.`),
    usage: { inputTokens: 2000, outputTokens: 9 },
  }),
};

describe('the engine under observation', () => {
  it('leaves a tree that decodes without an issue and tells no secret', async () => {
    const { manager, ended, named } = setUp(summarizer);
    const result = await manager.preflight({ sessionId: 'session-1', items: history });
    expect(result.outcome).toBe('compacted');
    expect(names(ended())).toEqual(
      expect.arrayContaining([
        'compact.token_estimate',
        'compact.trigger_decision',
        'compact.summary_created',
      ]),
    );
    expect(names(ended()).at(-1)).toBe('compact.run');
    const parentOfChat = named('chat gpt-5-mini').parentSpanContext?.spanId;
    expect(parentOfChat).toBe(named('compact.summary_created').spanContext().spanId);
    const decoded = ended().flatMap(({ name, attributes }) =>
      isRecordName(name) ? [decode(name, attributes)] : [],
    );
    expect(decoded).toHaveLength(ended().length - 1);
    expect(decoded.filter(({ ok, issues }) => !ok || issues.length > 0)).toEqual([]);
    expect(JSON.stringify(ended().map(({ attributes }) => attributes))).not.toContain(secret);
    const run = decode('compact.run', named('compact.run').attributes);
    expect(run).toMatchObject({
      record: { id: result.id, outcome: 'compacted', ledger: { length: result.met.length } },
    });
  });

  it('leaves three spans where nothing was to be done', async () => {
    const { manager, ended } = setUp(summarizer);
    await manager.preflight({ sessionId: 'session-1', items: history.slice(0, 4) });
    expect(names(ended())).toEqual(['compact.token_estimate', 'compact.trigger_decision', 'compact.run']);
  });

  it('shows the call of a summariser that failed below the error that it became', async () => {
    const failing: Summarizer = {
      ...summarizer,
      summarize: () => Promise.reject(new TypeError(`no ${secret}`)),
    };
    const { manager, ended, named } = setUp(failing);
    const result = await manager.preflight({ sessionId: 'session-1', items: history });
    expect(result.outcome).toBe('fallback');
    const error = named('compact.error');
    expect(error.attributes).toMatchObject({ 'error.type': 'TypeError', 'compact.message': 'no <REDACTED>' });
    expect(named('chat gpt-5-mini').parentSpanContext?.spanId).toBe(error.spanContext().spanId);
    expect(JSON.stringify(ended().map(({ attributes }) => attributes))).not.toContain(secret);
  });
});
