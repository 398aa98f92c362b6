import { chat } from '@clew/core';
import type { ChatItem } from '@clew/core';
import { conversation } from '@clew/core/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareLedgers } from './compare-ledgers.ts';
import { ledgerOf } from './ledger-of.ts';

const compare = async (before: readonly ChatItem[], after: readonly ChatItem[]) =>
  compareLedgers(await ledgerOf(before, chat, 'gpt-5'), await ledgerOf(after, chat, 'gpt-5'));

const talk = conversation(
  Array.from({ length: 4 }, (_, index) => ({
    user: `Question ${index}`,
    calls: [{ tool: 'read', output: `line ${index} `.repeat(40) }],
    answer: 'Done.',
  })),
);

describe('a comparison', () => {
  it('finds every item that stayed, in order, whatever left between them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray<number>([...talk.keys()]), async (stay: readonly number[]) => {
        const after = stay.flatMap((index) => {
          const item = talk[index];
          return item === undefined ? [] : [item];
        });
        const { ledger, inserted, same } = await compare(talk, after);
        expect(inserted).toEqual([]);
        expect(ledger.filter(({ fate }) => fate === 'kept')).toHaveLength(after.length);
        expect(ledger.filter(({ fate }) => fate === 'dropped')).toHaveLength(talk.length - after.length);
        for (const [right, left] of same) expect(after[right]).toEqual(talk[left]);
        expect([...same.values()].toSorted((a, b) => a - b)).toHaveLength(after.length);
      }),
      { numRuns: 40 },
    );
  });

  it('tells a shortened result from one that was replaced, and what a summary covers', async () => {
    const summary = {
      role: 'assistant',
      content: '<COMPACT-SUMMARY v3>\nWork was done.\n</COMPACT-SUMMARY>',
    };
    const edited = talk.slice(8).map((item, index) => {
      if (index === 2) return chat.replaceText(item, 'line 2 line 2 line 2 [… left out …]');
      return index === 6 ? chat.replaceText(item, '(cleared)') : item;
    });
    const { ledger, inserted } = await compare(talk, [summary, ...edited]);
    expect(ledger.map(({ fate, reason }) => [fate, reason])).toEqual([
      ...Array.from({ length: 8 }, () => ['summarized', 'summary_v3']),
      ['kept', undefined],
      ['kept', undefined],
      ['trimmed', 'edited'],
      ...Array.from({ length: 3 }, () => ['kept', undefined]),
      ['cleared', 'edited'],
      ['kept', undefined],
    ]);
    expect(inserted).toHaveLength(1);
  });
});
