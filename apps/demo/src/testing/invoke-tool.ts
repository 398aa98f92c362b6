import { RunContext } from '@openai/agents';
import type { ToolCall } from '../script/playbook.ts';
import { createToolbox } from '../tools/toolbox.ts';
import type { Workspace } from '../tools/workspace.ts';

/** Calls a real tool as the SDK does. */
export async function invokeTool(workspace: Workspace, { tool, input }: ToolCall): Promise<string> {
  const found = createToolbox(workspace).coder.find(({ name }) => name === tool);
  if (found === undefined) throw new Error(`There is no tool ${tool}.`);
  return found.invoke(new RunContext(), JSON.stringify(input));
}
