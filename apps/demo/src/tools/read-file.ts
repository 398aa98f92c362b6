import { tool } from '@openai/agents';
import { z } from 'zod';
import { answer } from './answer.ts';
import type { Workspace } from './workspace.ts';

const Parameters = z.object({
  path: z.string().describe('The file, relative to the root of the repository.'),
  from_line: z
    .number()
    .int()
    .positive()
    .nullable()
    .describe('The first line to show, from 1. null: the first.'),
  to_line: z.number().int().positive().nullable().describe('The last line to show. null: as many as fit.'),
});

const maxLineCharacters = 400;

/** Shows a file, or a range of it, with line numbers; what does not fit is for the next call. */
export function readFileTool(workspace: Workspace) {
  return tool({
    name: 'read_file',
    description: 'Shows a file of the repository with line numbers. Long files are shown a part at a time.',
    parameters: Parameters,
    execute: (input) => answer(() => readRange(workspace, input)),
  });
}

async function readRange(workspace: Workspace, input: z.infer<typeof Parameters>): Promise<string> {
  const text = await workspace.read(input.path);
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const first = input.from_line ?? 1;
  const rows: string[] = [];
  let room = workspace.maxCharacters - 120 - input.path.length;
  for (const [offset, line] of lines.slice(first - 1, input.to_line ?? undefined).entries()) {
    const row = `${first + offset}\t${shorten(line)}`;
    room -= row.length + 1;
    if (room < 0) break;
    rows.push(row);
  }
  const last = first + rows.length - 1;
  const wanted = Math.min(input.to_line ?? lines.length, lines.length);
  const rest = last < wanted ? `; read on from line ${last + 1}` : '';
  return [`ok ${input.path} lines ${first}-${last} of ${lines.length}${rest}`, ...rows].join('\n');
}

function shorten(line: string): string {
  return line.length <= maxLineCharacters ? line : `${line.slice(0, maxLineCharacters)}…`;
}
