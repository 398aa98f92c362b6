import { createHash } from 'node:crypto';
import { CompactManager, canonicalJson, chat, splitRef } from '@clew/core';
import { conversation } from '@clew/core/testing';
import { expect, it } from 'vitest';
import { MemoryArchive } from './memory-archive.ts';

const signal = new AbortController().signal;

function talk(turns: number) {
  return conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `Question ${index}: ${'why '.repeat(20)}`,
      calls: [
        { tool: 'read', input: `{"path":"src/${index}.ts"}`, output: `${index} ${'line '.repeat(150)}` },
      ],
      answer: `Answer ${index}: ${'because '.repeat(10)}`,
    })),
    'Be exact.',
  );
}

it('leads from each row of the ledger to exactly its item as it was first, over several compactions', async () => {
  const archive = new MemoryArchive();
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens: 6000,
    dialect: chat,
    archive,
    policy: { hardCapBuffer: 200, summaryMaxTokens: 300 },
    counter: { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) },
  });
  const items = talk(80);
  let sequence = 0;
  const fates = new Set<string>();
  for (let end = 4; end <= items.length; end += 4) {
    const result = await manager.preflight({ sessionId: 's', items: items.slice(0, end) });
    ({ sequence } = result);
    for (const row of result.ledger) {
      if (row.index === undefined || row.fate === 'kept' || row.fate === 'protected') continue;
      fates.add(row.fate);
      const { line = 0 } = splitRef(row.archiveRef ?? '');
      const content = await archive.read('s', row.archiveRef ?? '', signal);
      const found = canonicalJson(content.items[line - 1]);
      expect(found).toBe(canonicalJson(items[row.index]));
      expect(createHash('sha256').update(found).digest('hex').startsWith(row.id)).toBe(true);
    }
  }
  expect(sequence).toBeGreaterThan(2);
  expect([...fates].toSorted()).toEqual(['cleared', 'summarized']);
});
