import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { resultJson } from '../result-json.ts';
import { resultText } from '../result-text.ts';
import { exitCodeOf, runSession, sessionFlags } from '../session-run.ts';
import { UsageError } from '../usage-error.ts';

export const compact: Command = {
  name: 'compact',
  arguments: ['SESSION'],
  summary: 'Compacts a recorded session, and writes what a model would be sent.',
  about:
    'FILE gets a JSON array of messages in the format of the session: those that stay are as they were, and one holds\nthe summary of the others. It is compacted whatever its size, as where a user types /compact; the session itself is\nnot touched. Exit code 1 where it cannot be made to fit.',
  flags: {
    out: { type: 'string', value: 'FILE', help: 'Where the compacted context is written.' },
    note: { type: 'string', value: 'TEXT', help: 'What the summary should mind.' },
    ...sessionFlags,
    json: { type: 'boolean', help: 'Print the result as JSON: outcome, tokens, summary, retention, ledger.' },
  },
  examples: [
    ['compactctl compact session.jsonl --out compacted.json', 'Compact a whole session.'],
    [
      "compactctl compact session.jsonl --until 200 --window 64000 --note 'keep the test names' --out c.json --json",
      'Compact the first 200 messages for a window of 64,000 tokens, and print what became of each.',
    ],
  ],
  async run([path = ''], flags, terminal) {
    const { out, note } = flags;
    if (typeof out !== 'string' || out === '') {
      throw new UsageError('compact expects --out FILE: where the compacted context is to be written');
    }
    const { session, result } = await runSession(path, flags, terminal, {
      when: 'asked',
      note: typeof note === 'string' ? note : undefined,
    });
    await writeMessages(resolve(terminal.directory, out), result.items);
    const { format } = session;
    terminal.out(
      flags['json'] === true
        ? JSON.stringify(resultJson(format, result), null, 2)
        : `${resultText(format, result)}\n${result.items.length} messages are in ${out}.`,
    );
    return exitCodeOf(result);
  },
};

/** An array with one message a line. */
async function writeMessages(path: string, items: readonly object[]): Promise<void> {
  const lines = items.map((item) => JSON.stringify(item));
  try {
    await writeFile(path, `[\n${lines.join(',\n')}\n]\n`);
  } catch (error) {
    throw new UsageError(
      `${path} could not be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
