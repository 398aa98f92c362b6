import { Agent } from '@openai/agents';
import { createToolbox } from './tools/toolbox.ts';
import type { Workspace } from './tools/workspace.ts';

const common = `You work in a scratch copy of a TypeScript monorepo, with tools only: you know nothing of the repository
but what they return. Paths are relative to its root. Tools answer with a first word: ok, failed or error.
Read before you change. Prove what you claim with a command. Long files and lists come in parts: ask for the next
part only when you need it.`;

/** The coder, who does the tasks one by one, and the reviewer, to whom it can hand over. */
export function createAgents(workspace: Workspace): { readonly coder: Agent; readonly reviewer: Agent } {
  const toolbox = createToolbox(workspace);
  const reviewer = new Agent({
    name: 'Reviewer',
    handoffDescription: 'Reviews the edited files of a session. Changes nothing.',
    instructions: `You review what a coder did in this session. Change nothing.
${common}
Read each edited file, run the checks, and answer with a text that begins with "Finding:".`,
    tools: toolbox.reviewer,
  });
  const coder = new Agent({
    name: 'Coder',
    instructions: `You are a careful maintainer. The user gives you one task at a time; finish it before you answer.
${common}
Answer each task with a text that begins with "Finding:" and says what you found or changed, and how it was checked.
Rules that the user sets hold for the whole session. Hand over to the Reviewer only when the user asks for it.`,
    tools: toolbox.coder,
    handoffs: [reviewer],
  });
  return { coder, reviewer };
}
