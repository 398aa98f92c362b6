import { resolve } from 'node:path';
import { loadConfig } from 'clew';
import type { Command } from '../command.ts';

export const validateConfig: Command = {
  name: 'validate-config',
  arguments: ['FILE'],
  summary: 'Checks a configuration file and the COMPACT_* variables, and prints what they come to.',
  flags: { json: { type: 'boolean', help: 'Print the resolved configuration as JSON.' } },
  async run([file = ''], flags, terminal) {
    const { directory, environment } = terminal;
    const config = await loadConfig({ file: resolve(directory, file), directory, environment });
    terminal.out(flags['json'] === true ? JSON.stringify(config, null, 2) : `${file} is valid.`);
    return 0;
  },
};
