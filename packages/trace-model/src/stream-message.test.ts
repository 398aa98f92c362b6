import { describe, expect, it } from 'vitest';
import { StreamMessage } from './stream-message.ts';

describe('StreamMessage', () => {
  it('reads spans and traces, with their cursor', () => {
    expect(
      StreamMessage.parse({ type: 'span', traceId: 't', id: '1', name: 'x', cursor: 12, source: 'otlp' }),
    ).toEqual({
      type: 'span',
      traceId: 't',
      id: '1',
      name: 'x',
      attrs: {},
      cursor: 12,
      source: 'otlp',
    });
    expect(StreamMessage.parse({ type: 'trace', traceId: 't', start: 4, metadata: { user: 'x' } })).toEqual({
      type: 'trace',
      traceId: 't',
      start: 4,
    });
  });

  it('reads a cursor that came as text, and does without one that is no number', () => {
    const cursorOf = (cursor: unknown): unknown =>
      StreamMessage.parse({ type: 'trace', traceId: 't', cursor }).cursor;
    expect(['12', 12, undefined, 'x'].map(cursorOf)).toEqual([12, 12, undefined, undefined]);
  });

  it('refuses what is neither', () => {
    expect(StreamMessage.safeParse({ type: 'hello' }).success).toBe(false);
    expect(StreamMessage.safeParse({ type: 'span', traceId: 't' }).success).toBe(false);
  });
});
