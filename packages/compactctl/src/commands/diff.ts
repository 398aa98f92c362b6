import { resolve } from 'node:path';
import type { LedgerRow } from '@clew/core';
import type { Command, Flags } from '../command.ts';
import { compareLedgers } from '../diff/compare-ledgers.ts';
import type { Comparison } from '../diff/compare-ledgers.ts';
import { diffText } from '../diff/diff-text.ts';
import { ledgerOf } from '../diff/ledger-of.ts';
import { loadPolicy } from '../load-policy.ts';
import { readSession } from '../sessions/read-session.ts';
import { runSession, sessionFlags } from '../session-run.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumber } from '../whole-number.ts';

export const diff: Command = {
  name: 'diff',
  arguments: ['SESSION', 'AFTER'],
  minArguments: 1,
  summary: 'Shows the fate of each message: of a compaction of SESSION, or from SESSION to AFTER.',
  about:
    'With one file, the session is compacted in memory. With two, the second is compared with the first: a compacted\ncontext, or the same session later. Exit code 1 where AFTER breaks a rule of its format that SESSION keeps.',
  flags: {
    ...sessionFlags,
    json: { type: 'boolean', help: 'Print the fates as JSON.' },
  },
  examples: [
    ['compactctl diff session.jsonl --window 64000', 'What would a compaction take away?'],
    ['compactctl diff session.jsonl compacted.json', 'What did it take away?'],
  ],
  async run([before = '', after], flags, terminal) {
    const found =
      after === undefined
        ? await ofSession(before, flags, terminal)
        : await ofTwo(before, after, flags, terminal);
    terminal.out(
      flags['json'] === true
        ? JSON.stringify(diffJson(found), null, 2)
        : [diffText(found, terminal.hasColours === true), ...found.defects].join('\n'),
    );
    return found.defects.length > 0 ? 1 : 0;
  },
};

type Found = Comparison & { readonly outcome?: string; readonly defects: readonly string[] };

async function ofSession(path: string, flags: Flags, terminal: Terminal): Promise<Found> {
  const { session, items, result } = await runSession(path, flags, terminal, { when: 'asked' });
  const { model } = await loadPolicy(flags, terminal);
  const { dialect } = session;
  const { inserted, same } = compareLedgers(
    await ledgerOf(items, dialect, model),
    await ledgerOf(result.items, dialect, model),
  );
  return { ledger: result.ledger, inserted, same, outcome: result.outcome, defects: [] };
}

async function ofTwo(first: string, second: string, flags: Flags, terminal: Terminal): Promise<Found> {
  const { model } = await loadPolicy(flags, terminal);
  const [before, after] = await Promise.all(
    [first, second].map((path) => readSession(resolve(terminal.directory, path))),
  );
  for (const problem of [before, after].flatMap((read) => read?.problems ?? [])) terminal.error(problem);
  if (before === undefined || after === undefined) throw new TypeError('Two sessions were read.');
  const items = before.items.slice(0, wholeNumber('until', flags['until']));
  // A compacted context has the messages of its session, without what its tool wrote around them.
  const { dialect } = before;
  const comparison = compareLedgers(
    await ledgerOf(items, dialect, model),
    await ledgerOf(after.items, dialect, model),
  );
  // What was wrong before in the same item is no news.
  const known = after.items.map((item, index) => items[comparison.same.get(index) ?? -1] ?? item);
  const defects = dialect.validate?.(known, items) ?? [];
  return {
    ...comparison,
    defects: defects.map(({ index, message }) => `${second}: item ${index}: ${message}`),
  };
}

function diffJson({ ledger, inserted, outcome, defects }: Found): object {
  const sum = (rows: readonly LedgerRow[], tokens: (row: LedgerRow) => number) =>
    rows.reduce((total, row) => total + tokens(row), 0);
  const put = sum(inserted, (row) => row.tokens);
  return {
    ...(outcome === undefined ? {} : { outcome }),
    tokens: { before: sum(ledger, (row) => row.tokens), after: sum(ledger, (row) => row.tokensAfter) + put },
    ledger: ledger.map((row) => ({ ...rowJson(row), tokensAfter: row.tokensAfter })),
    inserted: inserted.map(rowJson),
    defects,
  };
}

function rowJson({ index, fate, tokens, reason, role, kind, preview }: LedgerRow): object {
  return { index: index ?? null, fate, tokens, reason: reason ?? null, role, kind, preview };
}
