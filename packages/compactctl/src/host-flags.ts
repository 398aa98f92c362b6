import type { HostOptionsInput } from '@clew/host';
import type { Flags, FlagSpec } from './command.ts';
import type { Terminal } from './terminal.ts';
import { wholeNumber } from './whole-number.ts';

const TOKEN = 'CLEW_HOST_TOKEN';

/** Who may reach a host, and what it keeps. */
export const hostFlags: Readonly<Record<string, FlagSpec>> = {
  hostname: {
    type: 'string',
    help: `The address to listen on, 127.0.0.1 by default. Any that others can reach needs a token in ${TOKEN}.`,
  },
  'allow-origin': {
    type: 'string',
    isRepeatable: true,
    help: 'An origin whose pages may read and send, such as https://viewer.example.',
  },
  'keep-days': { type: 'string', help: 'Sessions to which nothing was added for longer go.' },
  'keep-mib': {
    type: 'string',
    help: 'What the database may take on the disk; 4096 by default, 512 in memory. The oldest sessions go first.',
  },
};

/** The token comes from the environment: who lists the processes of a machine sees their flags. */
export function hostOptions(flags: Flags, { environment }: Pick<Terminal, 'environment'>): HostOptionsInput {
  const { hostname, 'allow-origin': origins } = flags;
  const days = wholeNumber('keep-days', flags['keep-days']);
  const mib = wholeNumber('keep-mib', flags['keep-mib']);
  const token = environment[TOKEN];
  return {
    ...(typeof hostname === 'string' && { hostname }),
    ...(token !== undefined && token !== '' && { token }),
    ...(Array.isArray(origins) && { corsOrigins: origins.map(String) }),
    retention: {
      ...(days !== undefined && { maxAgeMillis: days * 24 * 3_600_000 }),
      ...(mib !== undefined && { maxBytes: mib * 1024 ** 2 }),
    },
  };
}
