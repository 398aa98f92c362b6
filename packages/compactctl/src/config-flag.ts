import { resolve } from 'node:path';
import { loadConfig } from 'clew';
import type { ConfigFile } from 'clew';
import type { FlagSpec, Flags } from './command.ts';
import type { Terminal } from './terminal.ts';

export const configFlag: FlagSpec = {
  type: 'string',
  value: 'FILE',
  help: 'The configuration file. Default: compact.yaml, where there is one.',
};

/** The file that `--config` names. */
export function configFileOf(flags: Flags, { directory }: Pick<Terminal, 'directory'>): string | undefined {
  const named = flags['config'];
  return typeof named === 'string' ? resolve(directory, named) : undefined;
}

/** That file, else the one that is found, with the variables of the environment. */
export function configOf(flags: Flags, terminal: Terminal): Promise<ConfigFile> {
  const { directory, environment } = terminal;
  return loadConfig({ file: configFileOf(flags, terminal), directory, environment });
}
