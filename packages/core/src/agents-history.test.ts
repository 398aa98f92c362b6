import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agents } from './dialects/agents-dialect.ts';
import type { Counter } from './counter.ts';
import { CompactManager } from './manager.ts';
import { brokenLaws } from './testing/laws.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };

type Item = Readonly<Record<string, unknown>>;

/** One answer of the model: maybe reasoning, maybe words, some parallel calls; then the outputs, in any order. */
const answer = fc.record({
  isReasoned: fc.boolean(),
  isSpoken: fc.boolean(),
  outputs: fc.array(fc.integer({ min: 10, max: 4000 }), { maxLength: 3 }),
  isReversed: fc.boolean(),
});
const history = fc
  .array(fc.record({ ask: fc.integer({ min: 5, max: 300 }), answers: fc.array(answer, { maxLength: 5 }) }), {
    minLength: 1,
    maxLength: 10,
  })
  .map((turns) => {
    let number = 0;
    return turns.flatMap(({ ask, answers }): Item[] => [
      { type: 'message', role: 'user', content: `ask ${'x'.repeat(ask)}` },
      ...answers.flatMap(({ isReasoned, isSpoken, outputs, isReversed }): Item[] => {
        const ids = outputs.map(() => `call_${(number += 1)}`);
        const results = outputs.map((length, index) => ({
          type: 'function_call_result',
          callId: ids[index],
          name: 'read',
          status: 'completed',
          output: { type: 'text', text: 'out '.repeat(length / 4) },
        }));
        const said: Item[] = [
          ...(isSpoken || outputs.length === 0
            ? [
                {
                  type: 'message',
                  role: 'assistant',
                  status: 'completed',
                  content: [{ type: 'output_text', text: `words ${number}` }],
                },
              ]
            : []),
          ...ids.map((callId) => ({
            type: 'function_call',
            callId,
            name: 'read',
            arguments: '{"path":"a"}',
          })),
        ];
        const reasoning: Item[] = isReasoned ? [{ type: 'reasoning', id: `rs_${number}`, content: [] }] : [];
        return [...reasoning, ...said, ...(isReversed ? results.toReversed() : results)];
      }),
    ]);
  });

/** What the Responses API refuses: an output without its call, a call without its output, reasoning set apart. */
function refusals(sent: readonly object[], given: readonly object[]): readonly string[] {
  const items = sent as readonly Item[];
  const calls = new Set(items.filter(({ type }) => type === 'function_call').map(({ callId }) => callId));
  const results = items.filter(({ type }) => type === 'function_call_result').map(({ callId }) => callId);
  const after = (list: readonly Item[], item: Item) => list[list.indexOf(item) + 1];
  const original = given as readonly Item[];
  return [
    ...results.filter((id) => !calls.has(id)).map((id) => `output ${String(id)} without its call`),
    ...[...calls].filter((id) => !results.includes(id)).map((id) => `call ${String(id)} without its output`),
    ...items
      .filter(({ type }) => type === 'reasoning')
      .filter((item) => JSON.stringify(after(items, item)) !== JSON.stringify(after(original, item)))
      .map(({ id }) => `reasoning ${String(id)} without what it led to`),
  ];
}

describe('a history of the Agents SDK', () => {
  it('stays one that the provider accepts, whatever leaves it', async () => {
    let compactions = 0;
    await fc.assert(
      fc.asyncProperty(history, fc.constantFrom(1500, 3000), async (items, maxContextTokens) => {
        const manager = new CompactManager<object>({
          model: 'test',
          maxContextTokens,
          dialect: agents,
          counter,
          policy: { hardCapBuffer: 100, summaryMaxTokens: 200, keepToolIoPairs: 2, keepRecentTurns: 2 },
          newId: () => 'id',
        });
        for (const [index, item] of items.entries()) {
          const isWhole = items[index + 1]?.['type'] !== 'function_call_result';
          if ((item['role'] !== 'user' && item['type'] !== 'function_call_result') || !isWhole) continue;
          const prefix = items.slice(0, index + 1);
          const result = await manager.preflight({ sessionId: 's', items: prefix });
          if (result.splice !== undefined) compactions += 1;
          expect(brokenLaws(result)).toEqual([]);
          expect(refusals(result.items, prefix)).toEqual([]);
        }
      }),
      { numRuns: Number(process.env['CLEW_PROPERTY_RUNS'] ?? 60) },
    );
    expect(compactions).toBeGreaterThan(50);
  });
});
