import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { tool } from '@openai/agents';
import { z } from 'zod';
import { answer } from './answer.ts';
import type { Workspace } from './workspace.ts';

const Parameters = z.object({
  path: z.string().describe('The file, relative to the root of the repository.'),
  old_text: z.string().describe('The exact text to replace. Empty: create a file that does not exist yet.'),
  new_text: z.string().describe('What takes its place.'),
  all: z.boolean().describe('true: replace every occurrence. false: the text must occur exactly once.'),
});

/** Replaces an exact text in a file of the scratch copy, or creates a file. */
export function editFileTool(workspace: Workspace) {
  return tool({
    name: 'edit_file',
    description: 'Replaces an exact piece of text in a file, or creates a new file.',
    parameters: Parameters,
    execute: (input) => answer(() => editFile(workspace, input)),
  });
}

async function editFile(workspace: Workspace, input: z.infer<typeof Parameters>): Promise<string> {
  const before = await readExisting(workspace, input.path);
  if (input.old_text === '') return create(workspace, input.path, input.new_text, before);
  if (before === undefined)
    throw new Error(`${input.path} does not exist. To create it, leave old_text empty.`);
  const parts = before.split(input.old_text);
  const count = parts.length - 1;
  if (count === 0)
    throw new Error(`old_text does not occur in ${input.path}. Read the file and copy it exactly.`);
  if (count > 1 && !input.all) {
    throw new Error(
      `old_text occurs ${count} times in ${input.path}. Give more of its surroundings, or set all.`,
    );
  }
  const after = parts.join(input.new_text);
  await writeFile(await workspace.locate(input.path), after);
  return `ok edited ${input.path}: ${count} replaced, ${before.length} -> ${after.length} characters`;
}

async function create(
  workspace: Workspace,
  path: string,
  text: string,
  before: string | undefined,
): Promise<string> {
  if (before !== undefined)
    throw new Error(`${path} exists already. To change it, give the old_text to replace.`);
  const absolute = await workspace.locate(path);
  await mkdir(dirname(absolute), { recursive: true });
  await writeFile(absolute, text);
  return `ok created ${path}: ${text.length} characters`;
}

async function readExisting(workspace: Workspace, path: string): Promise<string | undefined> {
  try {
    return await workspace.read(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
