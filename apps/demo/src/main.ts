#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { viewerRoot } from '@clew/app-viewer/root';
import { runCommandLine } from './command-line.ts';
import { repositoryRoot } from './repository-root.ts';

const stop = new AbortController();
// The listener stays: the Agents SDK ends the process where its own is the only one. A second signal is obeyed at once.
const onSignal = () => {
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

process.exitCode = await runCommandLine({
  argv: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop.signal,
  repository: repositoryRoot(import.meta.url),
  viewerRoot: fileURLToPath(viewerRoot),
  newSessionId: () => `demo-${randomUUID().slice(0, 8)}`,
});
