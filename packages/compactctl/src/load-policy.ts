import { policyOf, pricesOf } from 'clew';
import type { Flags, FlagSpec } from './command.ts';
import { configFlag, configOf } from './config-flag.ts';
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
  config: configFlag,
};

/** The file that the flags name, the environment, and the window that the flags name. */
export async function loadPolicy(flags: Flags, terminal: Terminal): Promise<Setting> {
  const config = await configOf(flags, terminal);
  return {
    model: config.model,
    maxContextTokens: wholeNumber('window', flags['window']) ?? config.max_context_tokens,
    policy: policyOf(config),
    prices: pricesOf(config),
  };
}
