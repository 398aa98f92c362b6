import { editFileTool } from './edit-file.ts';
import { grepTool } from './grep.ts';
import { listFilesTool } from './list-files.ts';
import { readFileTool } from './read-file.ts';
import { runCommandTool } from './run-command.ts';
import type { Workspace } from './workspace.ts';

/** What a coder may use, and what a reviewer may: the reviewer changes nothing. */
export function createToolbox(workspace: Workspace) {
  const reading = [
    listFilesTool(workspace),
    readFileTool(workspace),
    grepTool(workspace),
    runCommandTool(workspace),
  ];
  return { coder: [...reading, editFileTool(workspace)], reviewer: reading };
}
