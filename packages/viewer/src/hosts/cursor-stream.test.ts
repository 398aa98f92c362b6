import type { Span, TraceInfo } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import { followStream, retryDelay, type ConnectionState } from './cursor-stream.ts';

/** A stream that a test drives. */
class ScriptedStream extends EventTarget {
  readonly url: string;
  isClosed = false;
  constructor(url: string) {
    super();
    this.url = url;
  }
  close(): void {
    this.isClosed = true;
  }
  say(data: unknown, lastEventId = ''): void {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    this.dispatchEvent(new MessageEvent('message', { data: text, lastEventId }));
  }
}

function follow(): {
  readonly streams: ScriptedStream[];
  readonly states: ConnectionState[];
  readonly spans: Span[];
  readonly traces: TraceInfo[];
  readonly waits: { readonly millis: number; readonly work: () => void }[];
  readonly stop: () => void;
} {
  const streams: ScriptedStream[] = [];
  const states: ConnectionState[] = [];
  const spans: Span[] = [];
  const traces: TraceInfo[] = [];
  const waits: { millis: number; work: () => void }[] = [];
  const stop = followStream({
    url: 'api/stream',
    onSpan: (span) => spans.push(span),
    onTrace: (trace) => traces.push(trace),
    onState: (state) => states.push(state),
    open: (url) => {
      const stream = new ScriptedStream(url);
      streams.push(stream);
      return stream as unknown as EventSource;
    },
    after: (millis, work) => {
      waits.push({ millis, work });
      return () => waits.pop();
    },
  });
  return { streams, states, spans, traces, waits, stop };
}

describe('following the stream', () => {
  it('starts at the beginning, and hands on spans and traces', () => {
    const { streams, states, spans, traces } = follow();
    expect(streams[0]?.url).toBe('api/stream?cursor=0');
    streams[0]?.dispatchEvent(new Event('open'));
    streams[0]?.say({ type: 'span', traceId: 't', id: '1', name: 'x', cursor: 7 }, '7');
    streams[0]?.say({ type: 'trace', traceId: 't', name: 'Run', cursor: 8 }, '8');
    expect(states).toEqual([{ state: 'connecting' }, { state: 'live' }]);
    expect(spans).toMatchObject([{ traceId: 't', id: '1', attrs: {}, revision: 7 }]);
    expect(traces).toMatchObject([{ traceId: 't', name: 'Run' }]);
  });

  it('goes on at the last cursor after a lost connection', () => {
    const { streams, states, waits } = follow();
    streams[0]?.dispatchEvent(new Event('open'));
    streams[0]?.say({ type: 'span', traceId: 't', id: '1', name: 'x' }, '41');
    streams[0]?.dispatchEvent(new Event('error'));
    expect(streams[0]?.isClosed).toBe(true);
    expect(states.at(-1)).toEqual({ state: 'reconnecting', attempt: 1 });
    waits.pop()?.work();
    expect(streams[1]?.url).toBe('api/stream?cursor=41');
    streams[1]?.dispatchEvent(new Event('open'));
    expect(states.at(-1)).toEqual({ state: 'live' });
  });

  it('skips what it does not understand, and keeps its place', () => {
    const { streams, spans, waits } = follow();
    streams[0]?.say('not JSON', '5');
    streams[0]?.say({ type: 'weather', cursor: 6 }, '6');
    expect(spans).toEqual([]);
    streams[0]?.dispatchEvent(new Event('error'));
    waits.pop()?.work();
    expect(streams[1]?.url).toBe('api/stream?cursor=6');
  });

  it('waits longer after each failure, and never longer than ten seconds', () => {
    const delays = [1, 2, 3, 6, 60].map(retryDelay);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays.at(-1)).toBe(10_000);
    expect(delays[0]).toBeLessThan(1_000);
  });

  it('ends with its stream and without another attempt when it is stopped', () => {
    const { streams, waits, stop } = follow();
    streams[0]?.dispatchEvent(new Event('error'));
    stop();
    expect(waits).toEqual([]);
    expect(streams.every((stream) => stream.isClosed)).toBe(true);
  });
});
