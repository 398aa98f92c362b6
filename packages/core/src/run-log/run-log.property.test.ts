import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Counter } from '../counter.ts';
import type { Dialect } from '../dialect.ts';
import { agents } from '../dialects/agents-dialect.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactManager } from '../manager.ts';
import { histories } from '../testing/histories.fixture.ts';
import { HeldArchive } from '../testing/readable-archive.fixture.ts';
import { JsonStore } from '../testing/unreliable-ports.fixture.ts';
import { MemoryRunLog } from './memory-run-log.ts';
import { RunLogReplay } from './replay-run-log.ts';
import type { RunLogLine } from './run-log-line.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };
const dialects: Readonly<Record<'agents' | 'chat', Dialect<object>>> = { agents, chat };
const event = fc.record({
  kind: fc.constantFrom(
    'nothing',
    'nothing',
    'undo',
    'reinflate',
    'by hand',
    'another branch',
    'edit',
    'prune',
  ),
  which: fc.nat(200),
  process: fc.nat(1),
});
const numRuns = Number(process.env['CLEW_PROPERTY_RUNS'] ?? 10);
const signal = new AbortController().signal;

it.each(['agents', 'chat'] as const)(
  'gives the context of every call again, whatever was compacted, undone, branched, and in which process: %s',
  { timeout: 20_000 + numRuns * 500 },
  async (name) => {
    let contexts = 0;
    await fc.assert(
      fc.asyncProperty(
        histories[name],
        fc.array(event, { minLength: 30, maxLength: 30 }),
        fc.constantFrom('raw', 'rolling'),
        fc.boolean(),
        async (parts, events, way, isAhead) => {
          const log = new MemoryRunLog();
          const store = new JsonStore();
          const archive = new HeldArchive();
          let number = 0;
          const errors: unknown[] = [];
          const processes = [0, 1].map(
            () =>
              new CompactManager<object>({
                model: 'test',
                maxContextTokens: 2500,
                dialect: dialects[name],
                counter,
                store,
                archive,
                runLog: { log, onError: (error) => errors.push(error) },
                newId: () => `id-${(number += 1)}`,
                now: () => 0,
                summarizer: { name: 'none', summarize: async () => ({ text: 'Go on.' }) },
                policy: {
                  hardCapBuffer: 100,
                  summaryMaxTokens: 150,
                  requireSections: false,
                  ...(isAhead && { prepareAheadPct: 0.6 }),
                },
              }),
          );
          const replay = new RunLogReplay();
          let read = 0;
          let context: readonly object[] = [];
          let sent: readonly object[] = [];
          let ids: readonly string[] = [];
          for (const [index, part] of parts.entries()) {
            const {
              kind,
              which,
              process = 0,
            } = events[index % events.length] ?? { kind: 'nothing', which: 0 };
            const manager = processes[process];
            if (manager === undefined) continue;
            const id = ids[which % Math.max(1, ids.length)];
            if (kind === 'undo') await manager.undo('s');
            if (kind === 'reinflate' && id !== undefined) await manager.reinflate('s', [id]);
            const before = way === 'raw' ? context : sent;
            const kept =
              kind === 'another branch' ? before.slice(0, which % Math.max(1, before.length)) : before;
            context = kind === 'prune' ? before : [...kept, ...part];
            const request = { sessionId: 's', items: context };
            const result =
              kind === 'by hand' ? await manager.compact(request) : await manager.preflight(request);
            sent = result.items;
            ids = result.ledger.filter(({ fate }) => fate !== 'kept').map((row) => row.id);
            await manager.flush();
            const lines = await linesOf(log);
            for (const line of lines.slice(read)) {
              replay.push(line);
              contexts += line.type === 'context' ? 1 : 0;
            }
            read = lines.length;
            expect(replay.context.map(({ item }) => item)).toEqual(result.items);
            expect(replay.conversation).toHaveLength(result.coverage.seen);
            if (way === 'raw') {
              const told = replay.conversation.flatMap(({ item }, position) =>
                item === undefined ? [] : [[position, item]],
              );
              expect(told).toEqual(told.map(([position]) => [position, context[Number(position)]]));
            }
          }
          expect(errors).toEqual([]);
          for (const manager of processes) manager.close();
        },
      ),
      { numRuns, endOnFailure: true },
    );
    // Else nothing of this was tried.
    expect(contexts).toBeGreaterThan(0);
  },
);

async function linesOf(log: MemoryRunLog): Promise<readonly RunLogLine[]> {
  const lines: RunLogLine[] = [];
  for await (const line of log.read('s', signal)) lines.push(line);
  return lines;
}
