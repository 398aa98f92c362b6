import type { Command } from './command.ts';

export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => lineOf(command).length));
  return [
    'compactctl: try, check and see context compaction.',
    '',
    ...commands.map((command) => `  ${lineOf(command).padEnd(width)}  ${command.summary}`),
    '',
    '`compactctl COMMAND --help` tells more of one. Exit codes: 0 done, 1 a finding, 2 misuse.',
  ].join('\n');
}

export function helpOf(command: Command): string {
  const flags = Object.entries({ ...command.flags, help: { type: 'boolean', help: 'Show this.' } });
  const names = flags.map(([name, { type }]) => `--${name}${type === 'string' ? ' VALUE' : ''}`);
  const width = Math.max(...names.map(({ length }) => length));
  return [
    `compactctl ${lineOf(command)}`,
    '',
    command.summary,
    '',
    ...flags.map(([, { help }], index) => `  ${(names[index] ?? '').padEnd(width)}  ${help}`),
  ].join('\n');
}

function lineOf(command: Command): string {
  return [command.name, ...command.arguments].join(' ');
}
