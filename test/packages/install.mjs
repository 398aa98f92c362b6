// Installs what would be published into an empty folder, as a user would, and runs the README's example there and the
// command line's help. Nothing of the repository is in reach but the archives.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute, packAll } from './pack.mjs';

const example = fileURLToPath(new URL('../../docs/examples/minimal.ts', import.meta.url));
/** The example, with a model that needs no key. */
const main = `
import { setDefaultModelProvider } from '@openai/agents';
import { ScriptedModel, assistantMessage } from '@openai/agents-core/testing';
const model = new ScriptedModel([[assistantMessage('It parses in local time.')]]);
setDefaultModelProvider({ getModel: () => model });
await import('./minimal.mjs');
`;

const { folder: packs, tarballs } = await packAll();
const home = await mkdtemp(join(tmpdir(), 'clew-install-'));
try {
  await run();
} finally {
  await rm(packs, { recursive: true });
  await rm(home, { recursive: true });
}

async function run() {
  await writeFile(join(home, 'package.json'), '{ "private": true, "type": "module" }\n');
  const reason = await install([await agentsSdk(), ...tarballs]);
  if (reason !== undefined) {
    process.stdout.write(`packages: the install in an empty folder was left out: ${reason}\n`);
    return;
  }
  // It has no types that would have to be taken out.
  await cp(example, join(home, 'minimal.mjs'));
  await writeFile(join(home, 'main.mjs'), main);
  const { stdout } = await execute('node', ['main.mjs'], { cwd: home });
  expectText(stdout, 'It parses in local time.', 'the example of the README');
  const help = await execute(join(home, 'node_modules/.bin/compactctl'), ['--help'], { cwd: home });
  expectText(help.stdout, 'validate-config [FILE]', 'compactctl --help');
  process.stdout.write(
    'packages: installed in an empty folder, the example of the README and `compactctl --help` run\n',
  );
}

/** The Agents SDK of the version that all is tested with. */
async function agentsSdk() {
  const catalog = await readFile(new URL('../../pnpm-workspace.yaml', import.meta.url), 'utf8');
  return `@openai/agents@${/'@openai\/agents': (\S+)/u.exec(catalog)?.[1]}`;
}

/** Returns why it cannot be had here; throws where it can, and fails. */
async function install(specifiers) {
  try {
    await execute('npm', ['install', '--no-audit', '--no-fund', ...specifiers], { cwd: home });
    return undefined;
  } catch (error) {
    const text = String(error.stderr ?? error);
    if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ECONNRESET/u.test(text))
      return 'no registry answers';
    throw error;
  }
}

function expectText(text, expected, what) {
  if (!text.includes(expected))
    throw new Error(`${what}: expected "${expected}", got: ${text.slice(0, 2000)}`);
}
