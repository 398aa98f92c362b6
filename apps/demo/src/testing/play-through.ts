import type { Notebook } from '../script/notebook.ts';
import type { Move } from '../script/playbook.ts';
import type { Task } from '../tasks/task.ts';
import type { Workspace } from '../tools/workspace.ts';
import { invokeTool } from './invoke-tool.ts';

/** Plays a task against the real tools, without a model or a runner between. */
export async function playThrough(
  task: Task,
  workspace: Workspace,
  notebook: Notebook,
): Promise<{ readonly finding: string; readonly moves: readonly Move[] }> {
  const playbook = task.play(notebook);
  const moves: Move[] = [];
  let step = playbook.next();
  while (step.done !== true) {
    moves.push(step.value);
    const outputs: string[] = [];
    for (const call of step.value.calls) {
      outputs.push(
        call.tool.startsWith('transfer_to_') ? '{"assistant":"Reviewer"}' : await invokeTool(workspace, call),
      );
    }
    step = playbook.next(outputs);
  }
  return { finding: step.value, moves };
}
