import { resolve } from 'node:path';
import { CompactManager } from '@clew/core';
import type { CompactResult } from '@clew/core';
import type { ExitCode, Flags, FlagSpec } from './command.ts';
import { loadPolicy, policyFlags } from './load-policy.ts';
import { readSession } from './sessions/read-session.ts';
import type { RecordedSession } from './sessions/read-session.ts';
import type { Terminal } from './terminal.ts';
import { wholeNumber } from './whole-number.ts';

export const sessionFlags: Readonly<Record<string, FlagSpec>> = {
  until: { type: 'string', value: 'N', help: 'Take the first N messages only.' },
  ...policyFlags,
};

export type SessionRun = {
  readonly session: RecordedSession;
  readonly items: readonly object[];
  readonly result: CompactResult<object>;
};

export type RunOptions = {
  /** `asked`: compact now, as `/compact` does. `due`: only if the policy's triggers say so. */
  readonly when: 'asked' | 'due';
  readonly note?: string | undefined;
};

/** Compacts a recorded session in memory. No model is called: summaries are the digest and its fact sheet. */
export async function runSession(
  path: string,
  flags: Flags,
  terminal: Terminal,
  { when, note }: RunOptions,
): Promise<SessionRun> {
  const setting = await loadPolicy(flags, terminal);
  const until = wholeNumber('until', flags['until']);
  const session = await readSession(resolve(terminal.directory, path));
  for (const problem of session.problems) terminal.error(problem);
  const items = session.items.slice(0, until);
  const manager = new CompactManager<object>({ ...setting, dialect: session.dialect });
  const { instructions, tools } = session;
  const request = { sessionId: 'recorded', items, instructions, tools };
  const result =
    when === 'asked' ? await manager.compact({ ...request, note }) : await manager.preflight(request);
  return { session, items, result };
}

/** A finding is a session that could not be made to fit, or could not be compacted at all. */
export function exitCodeOf({ outcome }: CompactResult<unknown>): ExitCode {
  return outcome === 'irreducible' || outcome === 'invalid' || outcome === 'failed' ? 1 : 0;
}
