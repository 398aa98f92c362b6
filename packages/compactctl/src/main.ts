import { parseArgs } from 'node:util';
import { CompactError } from '@clew/core';
import type { Command, ExitCode } from './command.ts';
import { commands } from './commands/all.ts';
import { helpOf, overview } from './help.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** Runs one command line. Never throws: what went wrong is said on the terminal, in a sentence. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    const isMisuse = error instanceof UsageError || CompactError.isInstance(error);
    terminal.error(`compactctl: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof UsageError) terminal.error('Run `compactctl --help` to see what there is.');
    return isMisuse ? 2 : 1;
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    terminal.out(overview(commands));
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    throw new UsageError(
      `there is no command '${name}'; expected ${commands.map((one) => one.name).join(', ')}`,
    );
  }
  const { values, positionals } = parse(command, rest);
  if (values['help'] === true) {
    terminal.out(helpOf(command));
    return 0;
  }
  const { length: most } = command.arguments;
  const { minArguments: fewest = most } = command;
  if (positionals.length < fewest || (command.isRepeatable !== true && positionals.length > most)) {
    const expected = most === 0 ? 'no argument' : command.arguments.slice(0, fewest).join(' ');
    throw new UsageError(`${name} expects ${expected}, got ${positionals.length} argument(s)`);
  }
  return command.run(positionals, values, terminal);
}

function parse(command: Command, args: readonly string[]) {
  const own = Object.entries(command.flags).map(
    ([name, { type, isRepeatable = false }]) => [name, { type, multiple: isRepeatable }] as const,
  );
  const options = { ...Object.fromEntries(own), help: { type: 'boolean' as const, short: 'h' } };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
