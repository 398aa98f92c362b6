import { resolve } from 'node:path';
import { loadConfig, policyOf, pricesOf } from 'clew';
import type { Flags, FlagSpec } from './command.ts';
import type { Terminal } from './terminal.ts';
import { wholeNumber } from './whole-number.ts';

/** What decides how a session is compacted. */
export type Setting = {
  readonly model: string;
  readonly maxContextTokens: number;
  readonly policy: ReturnType<typeof policyOf>;
  readonly prices: ReturnType<typeof pricesOf>;
};

export const policyFlags: Readonly<Record<string, FlagSpec>> = {
  window: { type: 'string', value: 'N', help: 'The context window in tokens. Default: max_context_tokens.' },
  config: {
    type: 'string',
    value: 'FILE',
    help: 'The configuration file. Default: compact.yaml, where there is one.',
  },
};

/** The file that the flags name, the environment, and the window that the flags name. */
export async function loadPolicy(flags: Flags, { directory, environment }: Terminal): Promise<Setting> {
  const named = flags['config'];
  const file = typeof named === 'string' ? resolve(directory, named) : undefined;
  const config = await loadConfig({ file, directory, environment });
  return {
    model: config.model,
    maxContextTokens: wholeNumber('window', flags['window']) ?? config.max_context_tokens,
    policy: policyOf(config),
    prices: pricesOf(config),
  };
}
