import { resolve } from 'node:path';
import { FsSessionStore } from '@clew/archive';
import { CompactManager, agents } from '@clew/core';
import type { Command } from '../command.ts';
import { configFlag, configOf } from '../config-flag.ts';
import { UsageError } from '../usage-error.ts';

export const undo: Command = {
  name: 'undo',
  arguments: ['SESSION_ID'],
  summary: 'Takes the last compaction of a session back: its next call sees the context as it was before.',
  about:
    'The session is one that `storage.sessions_path` keeps. What came back is shown with the next call, where it fits\nand is valid. Exit code 1 where there is nothing to take back.',
  flags: {
    config: configFlag,
    json: { type: 'boolean', help: 'Print what was done as JSON.' },
  },
  async run([sessionId = ''], flags, terminal) {
    const config = await configOf(flags, terminal);
    const path = config.storage.sessions_path;
    if (path === undefined) {
      throw new UsageError(
        'undo needs storage.sessions_path: without it, sessions live in the process of the agent; call manager.undo() there',
      );
    }
    const manager = new CompactManager({
      model: config.model,
      maxContextTokens: config.max_context_tokens,
      dialect: agents,
      store: new FsSessionStore({ path: resolve(terminal.directory, path) }),
    });
    const result = await manager.undo(sessionId);
    if (flags['json'] === true) terminal.out(JSON.stringify({ session: sessionId, ...result }, null, 2));
    else if (result.outcome === 'nothing_to_undo') terminal.out(result.advice);
    else
      terminal.out(
        `Compaction ${result.sequence} is taken back at the next call: ${result.itemCount} items return.`,
      );
    return result.outcome === 'nothing_to_undo' ? 1 : 0;
  },
};
