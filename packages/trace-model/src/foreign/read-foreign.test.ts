import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../model.ts';
import type { Span } from '../span.ts';
import { recordSession } from '../testing/index.ts';
import { notTold } from './foreign-compaction.ts';
import { readForeignLine } from './read-foreign-line.ts';
import { readForeign } from './read-foreign.ts';

const span = (name: string, attrs: Span['attrs'], more: Partial<Span> = {}): Span => ({
  traceId: 't',
  id: name,
  name,
  start: 1000,
  end: 1500,
  attrs,
  ...more,
});

const adk = span('compact_events sliding_window', {
  'gen_ai.operation.name': 'compact_events',
  'gen_ai.conversation.id': 'talk',
  'gen_ai.compaction.trigger': 'sliding_window',
  'gen_ai.compaction.summarizer_type': 'LlmEventSummarizer',
  'gen_ai.compaction.event_count': 4,
  'gen_ai.compaction.result_event_id': 'event-9',
});
const framework = span('compaction.compact', {
  'compaction.strategy': 'SlidingWindowCompactionStrategy',
  'compaction.triggered': true,
  'compaction.compacted': true,
  'compaction.before.tokens': 9000,
  'compaction.after.tokens': 2000,
  'compaction.before.messages': 40,
  'compaction.after.messages': 8,
  'compaction.duration_ms': 12,
});
const claude = span('claude_code.compaction', {
  'session.id': 'c-1',
  trigger: 'auto',
  success: 'true',
  duration_ms: '92822',
  pre_tokens: '167000',
  post_tokens: '14428',
});
const gemini = span('gemini_cli.chat_compression', {
  'session.id': 'g-1',
  tokens_before: 500,
  tokens_after: 120,
});
const marked = span('chat gpt-x', {
  'gen_ai.operation.name': 'chat',
  'gen_ai.conversation.id': 'o-1',
  'gen_ai.conversation.compacted': true,
});

describe('compactions that other tools tell of', () => {
  it('are read as far as each tool tells', () => {
    expect(readForeign(adk)).toEqual({
      tool: 'google_adk',
      outcome: 'compacted',
      sessionId: 'talk',
      at: 1500,
      durationMillis: 500,
      trigger: 'sliding_window',
      strategy: 'LlmEventSummarizer',
      itemsSummarized: 4,
    });
    expect(readForeign(framework)).toEqual({
      tool: 'agent_framework',
      outcome: 'compacted',
      at: 1500,
      durationMillis: 12,
      strategy: 'SlidingWindowCompactionStrategy',
      tokensBefore: 9000,
      tokensAfter: 2000,
      itemsBefore: 40,
      itemsAfter: 8,
    });
    expect(readForeign(claude)).toEqual({
      tool: 'claude_code',
      outcome: 'compacted',
      sessionId: 'c-1',
      at: 1500,
      durationMillis: 92_822,
      trigger: 'auto',
      tokensBefore: 167_000,
      tokensAfter: 14_428,
    });
    expect(readForeign(gemini)).toEqual({
      tool: 'gemini_cli',
      outcome: 'compacted',
      sessionId: 'g-1',
      at: 1500,
      tokensBefore: 500,
      tokensAfter: 120,
    });
    expect(readForeign(marked)).toEqual({ tool: 'otel', outcome: 'marked', sessionId: 'o-1', at: 1000 });
  });

  it.each<[string, Span, string]>([
    ['ADK made nothing', span('compact_events token_threshold', {}), 'unchanged'],
    ['ADK failed', { ...adk, status: 'error' }, 'failed'],
    ['a strategy only looked', span('compaction.compact', { 'compaction.compacted': false }), 'unchanged'],
    [
      'Claude Code failed',
      span('claude_code.compaction', { success: 'false', error: 'overloaded' }),
      'failed',
    ],
    ['Gemini grew', span('gemini_cli.chat_compression', { tokens_before: 5, tokens_after: 9 }), 'unchanged'],
  ])('say how it ended where %s', (_, told, outcome) => {
    expect(readForeign(told)?.outcome).toBe(outcome);
  });

  it('are read from transcripts, in either spelling', () => {
    const file = {
      type: 'system',
      subtype: 'compact_boundary',
      timestamp: '2026-01-02T03:04:05.000Z',
      sessionId: 'c-2',
      compactMetadata: { trigger: 'manual', preTokens: 155_000 },
    };
    expect(readForeignLine(file)).toEqual({
      tool: 'claude_code',
      outcome: 'compacted',
      sessionId: 'c-2',
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
      trigger: 'manual',
      tokensBefore: 155_000,
    });
    const stream = {
      type: 'system',
      subtype: 'compact_boundary',
      session_id: 'c-3',
      compact_metadata: { trigger: 'auto', pre_tokens: 9, post_tokens: 3, duration_ms: 7 },
    };
    expect(readForeignLine(stream)).toMatchObject({ sessionId: 'c-3', tokensAfter: 3, durationMillis: 7 });
    const rollout = {
      timestamp: '2026-01-02T03:04:05Z',
      type: 'compacted',
      payload: { message: 'Summary.', replacement_history: [{}, {}] },
    };
    expect(readForeignLine(rollout, 'thread-1')).toEqual({
      tool: 'codex',
      outcome: 'compacted',
      sessionId: 'thread-1',
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
      itemsAfter: 2,
      summaryCharacters: 8,
    });
    expect(readForeignLine({ type: 'assistant', message: 'compacted' })).toBeUndefined();
  });

  it('tell what they do not tell', () => {
    const told = readForeign(gemini);
    expect(told && notTold(told)).toEqual([
      'trigger',
      'strategy',
      'durationMillis',
      'itemsBefore',
      'itemsAfter',
      'itemsSummarized',
      'summaryCharacters',
    ]);
  });

  it('stand in their sessions, in the order of time, whatever the order of arrival', () => {
    const later = { ...claude, id: 'later', start: 9000, end: 9100 };
    const reference = fold([claude, later, gemini]).sessions;
    expect(reference.find(({ id }) => id === 'c-1')?.foreign.map(({ at }) => at)).toEqual([1500, 9100]);
    expect(reference.find(({ id }) => id === 'g-1')?.foreign).toHaveLength(1);
    expect(fold([gemini, later, claude]).sessions).toEqual(reference);
  });

  it('are not what our own runs tell', () => {
    const { sessions } = fold(recordSession({ calls: 40, limit: 60_000 }));
    expect(sessions[0]?.cuts.length).toBeGreaterThan(0);
    expect(sessions[0]?.foreign).toEqual([]);
  });

  it('never make a reader fail, whatever the attributes and lines hold', () => {
    const names = fc.constantFrom(...[adk, framework, claude, gemini, marked].map(({ name }) => name));
    const keys = [adk, framework, claude, gemini, marked].flatMap(({ attrs }) => Object.keys(attrs));
    fc.assert(
      fc.property(names, fc.dictionary(fc.constantFrom(...keys), fc.anything()), (name, attrs) => {
        const told = readForeign(span(name, attrs));
        for (const value of Object.values(told ?? {})) expect(['string', 'number']).toContain(typeof value);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (payload, type) => {
        readForeignLine({ type: 'compacted', payload });
        readForeignLine({ type: 'system', subtype: 'compact_boundary', compactMetadata: payload });
        expect(readForeignLine({ type, payload: 1 })).toBeUndefined();
      }),
    );
  });
});
