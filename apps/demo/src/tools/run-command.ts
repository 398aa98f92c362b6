import { execFile } from 'node:child_process';
import { tool } from '@openai/agents';
import { z } from 'zod';
import { answer } from './answer.ts';
import type { Workspace } from './workspace.ts';

const Parameters = z.object({
  arguments: z
    .array(z.string())
    .min(1)
    .describe(
      'What follows `node`: ["--check", file], ["-e", module source] or [script file, ...its arguments].',
    ),
});

const timeoutMillis = 20_000;

/** Runs Node on the scratch copy: it checks a script, evaluates a module, or runs a script. Nothing else. */
export function runCommandTool(workspace: Workspace) {
  return tool({
    name: 'run_command',
    description:
      'Runs node in the root of the repository and returns its exit code and output. ' +
      'It can read and write only inside the repository, and start no other program.',
    parameters: Parameters,
    execute: (input) => answer(() => runNode(workspace, input.arguments)),
  });
}

async function runNode(workspace: Workspace, wanted: readonly string[]): Promise<string> {
  const run = await execute(workspace, [...permissions(workspace), ...(await allowed(workspace, wanted))]);
  const shown = wanted[0] === '-e' ? 'node -e …' : `node ${wanted.join(' ')}`;
  const body = [
    run.stdout && `--- stdout\n${run.stdout.trimEnd()}`,
    run.stderr && `--- stderr\n${run.stderr.trimEnd()}`,
  ]
    .filter((part) => part !== '')
    .join('\n');
  const text = workspace.anonymize(`${run.code === 0 ? 'ok' : 'failed'} exit ${run.code}: ${shown}\n${body}`);
  if (text.length <= workspace.maxCharacters) return text;
  return `${text.slice(0, workspace.maxCharacters - 60)}\n[cut: ${text.length} characters in all]`;
}

/** The allow-list. */
async function allowed(workspace: Workspace, wanted: readonly string[]): Promise<readonly string[]> {
  const [first = '', second = '', ...rest] = wanted;
  if (first === '--check' && rest.length === 0) return ['--check', await workspace.locate(second)];
  if (first === '-e' && rest.length === 0) return ['--input-type=module', '-e', second];
  if (/\.[cm]?js$/u.test(first)) return [await workspace.locate(first), ...wanted.slice(1)];
  throw new Error(
    `Not allowed: node ${wanted.join(' ')}. Expected ["--check", file], ["-e", module source] or [script, ...].`,
  );
}

/** Node's own permission model keeps the script inside the workspace. */
function permissions(workspace: Workspace): readonly string[] {
  const [major = 0] = process.versions.node.split('.').map(Number);
  const flag = major >= 24 ? '--permission' : '--experimental-permission';
  return [flag, '--no-warnings', `--allow-fs-read=${workspace.root}`, `--allow-fs-write=${workspace.root}`];
}

type Finished = { readonly code: number; readonly stdout: string; readonly stderr: string };

function execute(workspace: Workspace, args: readonly string[]): Promise<Finished> {
  // Nothing of this process's environment is handed on, for it may hold an API key, but what Windows cannot do without.
  const env = process.env['SystemRoot'] === undefined ? {} : { SystemRoot: process.env['SystemRoot'] };
  const options = { cwd: workspace.root, env, timeout: timeoutMillis, maxBuffer: 4 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ code: 0, stdout, stderr });
      const stopped = error.killed === true ? `stopped after ${timeoutMillis} ms\n` : '';
      resolve({ code: typeof error.code === 'number' ? error.code : 1, stdout, stderr: stopped + stderr });
    });
  });
}
