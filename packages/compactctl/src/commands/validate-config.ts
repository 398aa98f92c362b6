import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { CompactError } from '@clew/core';
import { configSchema, loadConfig } from 'clew';
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';

export const validateConfig: Command = {
  name: 'validate-config',
  arguments: ['FILE'],
  minArguments: 0,
  summary: 'Checks a configuration file and the COMPACT_* variables, and prints what they come to.',
  about: 'Exit code 1 where something is wrong: the field, what was expected and what came are named.',
  flags: {
    json: { type: 'boolean', help: 'Print the resolved configuration, or what is wrong, as JSON.' },
    schema: { type: 'boolean', help: 'Print the JSON schema of a configuration file, for an editor.' },
  },
  examples: [['compactctl validate-config compact.yaml', 'Check a file, in CI for instance.']],
  async run([file], flags, terminal) {
    if (flags['schema'] === true) {
      terminal.out(JSON.stringify(configSchema(), null, 2));
      return 0;
    }
    if (file === undefined) throw new UsageError('validate-config expects FILE, got 0 argument(s)');
    const { directory, environment } = terminal;
    const path = resolve(directory, file);
    if (!existsSync(path)) throw new UsageError(`${file} could not be read: there is no such file`);
    const isJson = flags['json'] === true;
    try {
      const config = await loadConfig({ file: path, directory, environment });
      terminal.out(isJson ? JSON.stringify(config, null, 2) : `${file} is valid.`);
      return 0;
    } catch (error) {
      if (!CompactError.isInstance(error)) throw error;
      if (isJson) terminal.out(JSON.stringify({ valid: false, message: error.message }, null, 2));
      else terminal.error(`compactctl: ${error.message}`);
      return 1;
    }
  },
};
