import { tool } from '@openai/agents';
import { z } from 'zod';
import { answer } from './answer.ts';
import type { Workspace } from './workspace.ts';

const Parameters = z.object({
  under: z
    .string()
    .nullable()
    .describe('The folder to list, such as packages/core. null: the whole repository.'),
  ends_with: z
    .string()
    .nullable()
    .describe('List only paths that end in this, such as .ts. null: every file.'),
  from: z.number().int().positive().nullable().describe('The first file to show, from 1. null: the first.'),
});

/** Lists the files of the workspace with their lengths in lines, a page at a time. */
export function listFilesTool(workspace: Workspace) {
  return tool({
    name: 'list_files',
    description: 'Lists the files of the repository, each with its number of lines.',
    parameters: Parameters,
    execute: (input) => answer(() => listFiles(workspace, input)),
  });
}

async function listFiles(workspace: Workspace, input: z.infer<typeof Parameters>): Promise<string> {
  const paths = await workspace.files(input.under ?? '', input.ends_with ?? '');
  const first = input.from ?? 1;
  const rows: string[] = [];
  let room = workspace.maxCharacters - 120;
  for (const path of paths.slice(first - 1)) {
    const row = `${path} ${countLines(await workspace.read(path))}`;
    room -= row.length + 1;
    if (room < 0) break;
    rows.push(row);
  }
  const last = first + rows.length - 1;
  const rest = last < paths.length ? `; more from ${last + 1}` : '';
  return [`ok ${paths.length} files; showing ${rows.length} from ${first}${rest}`, ...rows].join('\n');
}

function countLines(text: string): number {
  if (text === '') return 0;
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
