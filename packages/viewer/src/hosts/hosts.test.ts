import type { Span } from '@clew/trace-model';
import { describe, expect, it } from 'vitest';
import type { TraceFacts, TraceFeed } from '../plugin/trace-host.ts';
import { createFileHost } from './create-file-host.ts';
import { createHostStore } from './host-store.ts';
import { createSseHost } from './create-sse-host.ts';
import { createFeed } from './trace-feed.ts';

const span = (id: string): Span => ({ traceId: 't', id, name: 'compact.run', attrs: {} });

function heard(feed: TraceFeed): TraceFacts[] {
  const facts: TraceFacts[] = [];
  feed.subscribe((more) => facts.push(more));
  return facts;
}

const idsIn = (facts: readonly TraceFacts[]) => facts.flatMap(({ spans }) => spans.map(({ id }) => id));

describe('a feed', () => {
  it('tells each listener everything once, whenever it came', () => {
    const feed = createFeed();
    const early = heard(feed);
    feed.add({ spans: [span('1'), span('2')], traces: [{ traceId: 't' }] });
    const late = heard(feed);
    feed.add({ spans: [span('3')] });
    feed.add({});
    expect(idsIn(early)).toEqual(['1', '2', '3']);
    expect(idsIn(late)).toEqual(['1', '2', '3']);
    expect([early.length, late.length]).toEqual([2, 2]);
  });
});

describe('a host outside React', () => {
  it('keeps the selection, and tells of it', () => {
    const store = createHostStore(createFeed());
    let told = 0;
    const stop = store.subscribe(() => (told += 1));
    store.getSnapshot().select({ traceId: 't', id: '1' });
    expect(store.getSnapshot().selection).toEqual({ traceId: 't', id: '1' });
    stop();
    store.getSnapshot().select(undefined);
    expect([store.getSnapshot().selection, told]).toEqual([undefined, 1]);
  });

  it('reads messages of a host and events of Ariadne from a file, and says which lines it could not read', async () => {
    const file = new Blob([
      '{"type":"span","traceId":"t","id":"1","name":"compact.run","attrs":{}}\n\n',
      '{"type":"span","trace_id":"t","span_id":"2","name":"compact.run","started_at":"2026-11-21T10:00:00.000Z",',
      '"data":{"links":[{"trace_id":"t","span_id":"1"},{"trace_id":7}]}}\n',
      'not JSON\n{"type":"span"}\n{"type":"trace","trace_id":"t","name":"a run","group_id":"g"}\n',
    ]);
    const host = await createFileHost(file);
    const facts = heard(host.getSnapshot().feed);
    expect(idsIn(facts)).toEqual(['1', '2']);
    expect(facts.flatMap(({ spans }) => spans)[1]).toEqual({
      traceId: 't',
      id: '2',
      name: 'compact.run',
      start: Date.parse('2026-11-21T10:00:00Z'),
      attrs: { links: [{ trace_id: 't', span_id: '1' }, { trace_id: 7 }] },
      links: [{ traceId: 't', id: '1' }],
    });
    expect(facts.flatMap(({ traces }) => traces)).toEqual([{ traceId: 't', name: 'a run', groupId: 'g' }]);
    expect(host.unreadable).toEqual([4, 5]);
  });

  it('follows a stream until it is closed', () => {
    const opened: EventTarget[] = [];
    let closed = 0;
    const host = createSseHost('/api/stream', {
      open: () => {
        const target = new EventTarget();
        opened.push(target);
        return Object.assign(target, { close: () => (closed += 1) }) as unknown as EventSource;
      },
    });
    const facts = heard(host.getSnapshot().feed);
    const data = JSON.stringify({ type: 'span', traceId: 't', id: '1', name: 'x', cursor: 7 });
    opened[0]?.dispatchEvent(new MessageEvent('message', { data, lastEventId: '7' }));
    opened[0]?.dispatchEvent(
      new MessageEvent('message', { data: '{"type":"trace","traceId":"t","name":"n"}' }),
    );
    host.close();
    expect(facts.flatMap(({ spans }) => spans)).toMatchObject([{ id: '1', revision: 7 }]);
    expect(facts.flatMap(({ traces }) => traces)).toMatchObject([{ traceId: 't', name: 'n' }]);
    expect([opened.length, closed]).toEqual([1, 1]);
  });
});
