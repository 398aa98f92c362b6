import type { Command, FlagSpec } from './command.ts';

export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => lineOf(command).length));
  return [
    'compactctl: try, check and see context compaction.',
    '',
    ...commands.map((command) => `  ${lineOf(command).padEnd(width)}  ${command.summary}`),
    '',
    'A SESSION is a recording of an agent, in the format in which it was written: a JSON array, JSONL or a request',
    'body of Agents SDK items, OpenAI Responses or Chat Completions, Anthropic Messages or AI SDK messages; a',
    'transcript of Claude Code, a rollout of Codex, a session of pi, a trajectory of SWE-agent.',
    '',
    'The policy is taken from compact.yaml here, or the file that --config names, and from COMPACT_* variables.',
    'No command calls a model, but `serve` where summary.model names one.',
    '',
    '`compactctl COMMAND --help` tells more of one. Exit codes: 0 done, 1 a finding, 2 misuse.',
  ].join('\n');
}

export function helpOf(command: Command): string {
  const { summary, about, examples = [] } = command;
  const own: FlagSpec = { type: 'boolean', help: 'Show this.' };
  const flags = Object.entries({ ...command.flags, help: own });
  const names = flags.map(([name, { type, value = 'VALUE' }]) =>
    type === 'string' ? `--${name} ${value}` : `--${name}`,
  );
  const width = Math.max(...names.map(({ length }) => length));
  return [
    `compactctl ${lineOf(command)} [FLAGS]`,
    '',
    summary,
    ...(about === undefined ? [] : ['', about]),
    '',
    ...flags.map(([, { help }], index) => `  ${(names[index] ?? '').padEnd(width)}  ${help}`),
    ...(examples.length === 0 ? [] : ['', 'Examples:']),
    ...examples.flatMap(([line, does]) => [`  # ${does}`, `  ${line}`]),
  ].join('\n');
}

function lineOf(command: Command): string {
  const { name, minArguments = command.arguments.length } = command;
  const shown = command.arguments.map((argument, index) =>
    index < minArguments ? argument : `[${argument}]`,
  );
  return [name, ...shown].join(' ') + (command.isRepeatable === true ? '…' : '');
}
