import type { Command } from '../command.ts';
import { compact } from './compact.ts';
import { diff } from './diff.ts';
import { dryRun } from './dry-run.ts';
import { doctor } from './doctor.ts';
import { flush } from './flush.ts';
import { importSessions } from './import.ts';
import { recall } from './recall.ts';
import { replay } from './replay.ts';
import { serve } from './serve.ts';
import { tail } from './tail.ts';
import { validateConfig } from './validate-config.ts';
import { undo } from './undo.ts';
import { view } from './view.ts';
import { whatIRemember } from './what-i-remember.ts';

/** In the order of the help. */
export const commands: readonly Command[] = [
  validateConfig,
  dryRun,
  diff,
  compact,
  replay,
  whatIRemember,
  recall,
  undo,
  view,
  importSessions,
  tail,
  serve,
  doctor,
  flush,
];
