import type { Terminal } from './terminal.ts';

/** 0: done; 1: a finding; 2: misuse. */
export type ExitCode = 0 | 1 | 2;

type Flags = Readonly<Record<string, string | boolean | undefined>>;

type FlagSpec = { readonly type: 'string' | 'boolean'; readonly help: string };

export type Command = {
  readonly name: string;
  /** The positional arguments, as the help writes them. */
  readonly arguments: readonly string[];
  readonly summary: string;
  readonly flags: Readonly<Record<string, FlagSpec>>;
  run(positionals: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode>;
};
