import { expect, it } from 'vitest';
import * as fc from 'fast-check';
import { Changes } from '../live/changes.ts';
import { digestTrace, sessionEntries } from '../source/session-entries.ts';
import type { SessionEntry } from '../source/session-query.ts';
import type { SourceSpan } from '../source/trace-source.ts';
import { describeTraceSource } from '../testing/describe-trace-source.ts';
import { listAll } from '../testing/read-source.ts';
import type { Incoming, IncomingSpan } from './incoming.ts';
import { createStoreSource } from './store-source.ts';
import { openStore } from './store.ts';

const now = (): number => 1_700_000_000_000;

describeTraceSource("the host's own store", () => {
  const store = openStore({ path: ':memory:', now });
  const changes = new Changes();
  return Promise.resolve({
    source: createStoreSource(store, changes),
    write: (spans) => {
      store.write(spans.map((span): Incoming => ({ ...span, type: 'span' })));
      changes.announce();
      return Promise.resolve();
    },
    close: () => store.close(),
  });
});

/** A span names the same session whenever it comes. */
const sessionOf: Record<string, string> = { b: 's1', c: 's2' };

const span: fc.Arbitrary<IncomingSpan> = fc
  .record({
    traceId: fc.constantFrom('t', 'u', 's1'),
    id: fc.constantFrom('a', 'b', 'c'),
    start: fc.nat(9),
    status: fc.constantFrom('ok', 'error'),
    service: fc.constantFrom('x', 'y'),
    outcome: fc.constantFrom('compacted', 'noop_below'),
  })
  .map(({ outcome, ...rest }): IncomingSpan => {
    const session = sessionOf[rest.id];
    const attrs = {
      'compact.outcome': outcome,
      ...(session !== undefined && { 'compact.session_id': session }),
    };
    return { type: 'span', name: 'compact.run', end: 10, ...rest, attrs, source: 'otlp', kind: rest.id };
  });

it('keeps of every session what its spans say, whatever came when and how often', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(span, { maxLength: 4 }), { maxLength: 6 }), async (batches) => {
      const store = openStore({ path: ':memory:', now });
      for (const batch of batches) store.write(batch);
      const stored = store.readAfter(0).flatMap(({ message }) => (message.type === 'span' ? [message] : []));
      const listed = await listAll(createStoreSource(store, new Changes()), { limit: 2 });
      const counts = (entries: typeof listed): readonly unknown[] =>
        entries.map(({ id, spanCount, errorCount, compactionCount, end }) => [
          id,
          spanCount,
          errorCount,
          compactionCount,
          end,
        ]);
      expect(counts(listed.toSorted(byId))).toEqual(counts(entriesOf(stored).toSorted(byId)));
      await store.close();
    }),
  );
});

function entriesOf(spans: readonly SourceSpan[]): readonly SessionEntry[] {
  const traces = new Set(spans.map((one) => one.traceId));
  return sessionEntries(
    [...traces].map((traceId) =>
      digestTrace(
        traceId,
        spans.filter((one) => one.traceId === traceId),
      ),
    ),
  );
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}
