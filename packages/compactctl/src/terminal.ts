/** What a command may touch of the outside. Passed in, so that a test can stand in for a terminal. */
export interface Terminal {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether results may be coloured: a person reads them, and has not asked for none. */
  readonly hasColours?: boolean;
  /** For results, and nothing else. */
  out(text: string): void;
  /** For what is said beside the result. */
  error(text: string): void;
  /** Settles when the user asks to stop. */
  stopped(): Promise<void>;
}

export function processTerminal(): Terminal {
  // Whoever reads a pipe may stop before its end: `compactctl diff s.jsonl | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    hasColours: process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '',
    directory: process.cwd(),
    environment: process.env,
    out: (text) => void process.stdout.write(`${text}\n`),
    error: (text) => void process.stderr.write(`${text}\n`),
    stopped: () =>
      new Promise((resolve) => {
        // `on`, not `once`: the Agents SDK ends the process where its own listener is the only one.
        process.on('SIGINT', () => resolve());
        process.on('SIGTERM', () => resolve());
      }),
  };
}
