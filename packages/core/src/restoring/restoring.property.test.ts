import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import type { Counter } from '../counter.ts';
import type { Dialect } from '../dialect.ts';
import { agents } from '../dialects/agents-dialect.ts';
import { anthropic } from '../dialects/anthropic-dialect.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { responses } from '../dialects/responses-dialect.ts';
import { CompactManager } from '../manager.ts';
import { histories } from '../testing/histories.fixture.ts';
import { brokenLaws } from '../testing/laws.ts';
import { HeldArchive } from '../testing/readable-archive.fixture.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import type { Validity } from '../validity/validity.ts';
import { budgetOf } from '../window.ts';

const counter: Counter = {
  name: 'quarter',
  basis: 'estimate',
  count: (text) => Math.ceil(text.length / 4),
};
const dialects: Readonly<Record<keyof typeof histories, Dialect<object> & Validity<object>>> = {
  agents,
  responses,
  chat,
  anthropic,
};
/** What happens before each call: mostly nothing. */
const event = fc.record({
  kind: fc.constantFrom('nothing', 'nothing', 'undo', 'undo', 'reinflate', 'pin', 'unpin', 'by hand'),
  which: fc.nat(200),
});

const numRuns = Number(process.env['CLEW_PROPERTY_RUNS'] ?? 25);

it.each(['agents', 'responses', 'chat', 'anthropic'] as const)(
  'keeps both laws, validity and pins whatever is undone, put back and pinned: %s',
  { timeout: 20_000 + numRuns * 500 },
  async (name) => {
    const dialect = dialects[name];
    let restoredCount = 0;
    await fc.assert(
      fc.asyncProperty(
        histories[name],
        fc.array(event, { minLength: 30, maxLength: 30 }),
        fc.constantFrom('raw', 'rolling'),
        fc.boolean(),
        async (parts, events, way, hasArchive) => {
          const observer = new RecordingObserver();
          let number = 0;
          const manager = new CompactManager<object>({
            model: 'test',
            maxContextTokens: 2500,
            dialect,
            counter,
            observer,
            archive: hasArchive ? new HeldArchive() : undefined,
            newId: () => `id-${(number += 1)}`,
            now: () => 0,
            policy: { hardCapBuffer: 100, summaryMaxTokens: 150 },
          });
          let context: readonly object[] = [];
          let given = 0;
          let ids: readonly string[] = [];
          const pinned = new Set<object>();
          for (const [index, part] of parts.entries()) {
            const { kind, which } = events[index % events.length] ?? { kind: 'nothing', which: 0 };
            const id = ids[which % Math.max(1, ids.length)];
            if (kind === 'undo') await manager.undo('s');
            if (kind === 'reinflate' && id !== undefined) await manager.reinflate('s', [id]);
            if (kind === 'pin' && pinned.size < 2) {
              for (const item of part.slice(0, 1)) {
                pinned.add(item);
                await manager.pin('s', item);
              }
            }
            if (kind === 'unpin') {
              for (const item of pinned) await manager.unpin('s', item);
              pinned.clear();
            }
            context = way === 'raw' ? parts.slice(0, index + 1).flat() : [...context, ...part];
            given += part.length;
            const request = { sessionId: 's', items: Object.freeze(context) };
            const result =
              kind === 'by hand' ? await manager.compact(request) : await manager.preflight(request);
            expect(result.coverage.seen).toBe(given);
            if (dialect.validate(context).length === 0) expect(dialect.validate(result.items)).toEqual([]);
            const there = new Set(result.items.map(canonicalJson));
            for (const item of pinned) expect(there).toContain(canonicalJson(item));
            if (result.restoration !== undefined && result.restoration.refused.length === 0) {
              expect(result.tokens.after).toBeLessThanOrEqual(budgetOf(result.window));
            }
            ids = result.ledger.filter(({ fate }) => fate !== 'kept').map((row) => row.id);
            if (way === 'rolling') context = result.items;
          }
          const ended = observer.runs.flatMap(({ result }) => result ?? []);
          expect(ended).toHaveLength(observer.runs.length);
          restoredCount += ended.filter(({ outcome }) => outcome === 'restored').length;
          expect(ended.flatMap((result) => brokenLaws(result))).toEqual([]);
        },
      ),
      { numRuns, endOnFailure: true },
    );
    // Else nothing of this was tried.
    expect(restoredCount).toBeGreaterThan(0);
  },
);
