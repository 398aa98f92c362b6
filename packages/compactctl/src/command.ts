import type { Terminal } from './terminal.ts';

/** 0: done; 1: a finding; 2: misuse. */
export type ExitCode = 0 | 1 | 2;

export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

export type FlagSpec = {
  readonly type: 'string' | 'boolean';
  readonly help: string;
  /** What stands for the value in the help; `VALUE` by default. */
  readonly value?: string;
  /** It may be given several times: then its value is a list. */
  readonly isRepeatable?: boolean;
};

export type Command = {
  readonly name: string;
  /** The positional arguments, as the help writes them. */
  readonly arguments: readonly string[];
  /** The fewest of them, where some may be left out. */
  readonly minArguments?: number;
  /** The last of them may be given any number of times. */
  readonly isRepeatable?: boolean;
  readonly summary: string;
  /** What else there is to know, in sentences. */
  readonly about?: string;
  readonly flags: Readonly<Record<string, FlagSpec>>;
  /** Command lines to copy, each with what it does. */
  readonly examples?: readonly (readonly [line: string, does: string])[];
  run(positionals: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode>;
};
