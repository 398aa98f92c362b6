import { tool } from '@openai/agents';
import { z } from 'zod';
import { answer } from './answer.ts';
import type { Workspace } from './workspace.ts';

const Parameters = z.object({
  pattern: z.string().describe('A JavaScript regular expression, matched against each line.'),
  under: z.string().nullable().describe('The folder to search. null: the whole repository.'),
  ends_with: z
    .string()
    .nullable()
    .describe('Search only paths that end in this, such as .ts. null: every file.'),
});

/** Longer lines are data, not source: a pattern could take very long on them. */
const maxLineCharacters = 1000;
const shownLineCharacters = 160;

/** Finds the lines that match a pattern; counts all of them and shows those that fit. */
export function grepTool(workspace: Workspace) {
  return tool({
    name: 'grep',
    description: 'Searches the files of the repository for lines that match a regular expression.',
    parameters: Parameters,
    execute: (input) => answer(() => grep(workspace, input)),
  });
}

async function grep(workspace: Workspace, input: z.infer<typeof Parameters>): Promise<string> {
  const pattern = new RegExp(input.pattern, 'u');
  const rows: string[] = [];
  let matchCount = 0;
  let fileCount = 0;
  let room = workspace.maxCharacters - 120;
  for (const path of await workspace.files(input.under ?? '', input.ends_with ?? '')) {
    const hits = (await workspace.read(path))
      .split('\n')
      .flatMap((line, index) =>
        line.length <= maxLineCharacters && pattern.test(line)
          ? [`${path}:${index + 1}: ${line.trim().slice(0, shownLineCharacters)}`]
          : [],
      );
    matchCount += hits.length;
    fileCount += hits.length > 0 ? 1 : 0;
    for (const hit of hits) {
      room -= hit.length + 1;
      if (room >= 0) rows.push(hit);
    }
  }
  return [`ok ${matchCount} matches in ${fileCount} files; showing ${rows.length}`, ...rows].join('\n');
}
