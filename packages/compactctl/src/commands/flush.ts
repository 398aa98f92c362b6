import { resolve } from 'node:path';
import { flushSpool } from 'clew';
import type { Command } from '../command.ts';
import { wholeNumber } from '../whole-number.ts';

export const flush: Command = {
  name: 'flush',
  arguments: [],
  summary: 'Sends what processes that have ended left in the spool.',
  flags: {
    config: { type: 'string', help: 'A configuration file; else compact.yaml, .yml or .json here.' },
    timeout: { type: 'string', help: 'How many seconds it may take. Default 30.' },
  },
  async run(_positionals, flags, terminal) {
    const { directory, environment } = terminal;
    const file = typeof flags['config'] === 'string' ? resolve(directory, flags['config']) : undefined;
    const seconds = wholeNumber('timeout', flags['timeout']) ?? 30;
    const all = await flushSpool(
      { directory, environment, file },
      {
        signal: AbortSignal.timeout(seconds * 1000),
        log: (level, text) => level !== 'info' && terminal.error(text),
      },
    );
    for (const { name, emitted, delivered, spooled } of all) {
      terminal.out(`${name}: ${emitted} found, ${delivered} delivered, ${spooled} still in the spool`);
    }
    return all.every(({ emitted, delivered }) => emitted === delivered) ? 0 : 1;
  },
};
