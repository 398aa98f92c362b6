import type { Terminal } from './terminal.ts';

/** 0: done; 1: a finding; 2: misuse. */
export type ExitCode = 0 | 1 | 2;

export type Flags = Readonly<Record<string, string | boolean | undefined>>;

export type FlagSpec = {
  readonly type: 'string' | 'boolean';
  readonly help: string;
  /** What stands for the value in the help; `VALUE` by default. */
  readonly value?: string;
};

export type Command = {
  readonly name: string;
  /** The positional arguments, as the help writes them. */
  readonly arguments: readonly string[];
  /** The fewest of them, where some may be left out. */
  readonly minArguments?: number;
  readonly summary: string;
  /** What else there is to know, in sentences. */
  readonly about?: string;
  readonly flags: Readonly<Record<string, FlagSpec>>;
  /** Command lines to copy, each with what it does. */
  readonly examples?: readonly (readonly [line: string, does: string])[];
  run(positionals: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode>;
};
