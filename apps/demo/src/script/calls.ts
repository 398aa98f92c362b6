import type { ToolCall } from './playbook.ts';

/** The calls of the tools, with their rarely used parameters left out. */
export const calls = {
  list: (
    under: string | null = null,
    endsWith: string | null = null,
    from: number | null = null,
  ): ToolCall => ({
    tool: 'list_files',
    input: { under, ends_with: endsWith, from },
  }),
  read: (path: string, fromLine: number | null = null, toLine: number | null = null): ToolCall => ({
    tool: 'read_file',
    input: { path, from_line: fromLine, to_line: toLine },
  }),
  grep: (pattern: string, under: string | null = null, endsWith: string | null = null): ToolCall => ({
    tool: 'grep',
    input: { pattern, under, ends_with: endsWith },
  }),
  edit: (path: string, oldText: string, newText: string, all = false): ToolCall => ({
    tool: 'edit_file',
    input: { path, old_text: oldText, new_text: newText, all },
  }),
  create: (path: string, text: string): ToolCall => ({
    tool: 'edit_file',
    input: { path, old_text: '', new_text: text, all: false },
  }),
  node: (...args: readonly string[]): ToolCall => ({ tool: 'run_command', input: { arguments: args } }),
  handoff: (agent: string): ToolCall => ({ tool: `transfer_to_${agent}`, input: {} }),
} as const;
