import { flushSpool } from 'clew';
import type { Command } from '../command.ts';
import { configFileOf, configFlag } from '../config-flag.ts';
import { wholeNumber } from '../whole-number.ts';

export const flush: Command = {
  name: 'flush',
  arguments: [],
  summary: 'Sends what processes that have ended left in the spool.',
  flags: {
    config: configFlag,
    timeout: { type: 'string', value: 'SECONDS', help: 'How long it may take. Default 30.' },
    json: { type: 'boolean', help: 'Print what became of the spans as JSON.' },
  },
  async run(_positionals, flags, terminal) {
    const { directory, environment } = terminal;
    const file = configFileOf(flags, terminal);
    const seconds = wholeNumber('timeout', flags['timeout']) ?? 30;
    const all = await flushSpool(
      { directory, environment, file },
      {
        signal: AbortSignal.timeout(seconds * 1000),
        log: (level, text) => level !== 'info' && terminal.error(text),
      },
    );
    const lines = all.map(
      ({ name, emitted, delivered, spooled }) =>
        `${name}: ${emitted} found, ${delivered} delivered, ${spooled} still in the spool`,
    );
    terminal.out(flags['json'] === true ? JSON.stringify(all, null, 2) : lines.join('\n'));
    return all.every(({ emitted, delivered }) => emitted === delivered) ? 0 : 1;
  },
};
