import { type Arguments, parseArguments, usage } from './arguments.ts';
import { openHost } from './open-host.ts';
import { Progress } from './progress.ts';
import { runDemo } from './run-demo.ts';
import { createScreen, type Screen, type TextStream } from './screen.ts';
import { factsTable } from './table.ts';

export type CommandLine = {
  /** Without the program's own name. */
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal;
  /** The repository to work on, copied first. */
  readonly repository: string;
  /** The folder of the viewer's built files; without it the host only collects. */
  readonly viewerRoot: string | undefined;
  readonly newSessionId: () => string;
};

/** Resolves with the exit code: 0; 1 when the session failed; 2 for misuse; 130 after Ctrl-C during the session. */
export async function runCommandLine(command: CommandLine): Promise<number> {
  const { argv, env, stdout, stderr } = command;
  const parsed = parseArguments(argv, env);
  if (!parsed.ok) {
    stderr.write(`${parsed.message}\n\n${usage}`);
    return 2;
  }
  if (parsed.arguments.help) {
    stdout.write(usage);
    return 0;
  }
  const screen = createScreen(parsed.arguments.json ? stderr : stdout, env);
  try {
    await runWithViewer(command, parsed.arguments, screen);
    return 0;
  } catch (error) {
    if (command.signal.aborted) return 130;
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

async function runWithViewer(command: CommandLine, options: Arguments, screen: Screen): Promise<void> {
  const { env, signal, repository } = command;
  const host = await openHost(command.viewerRoot, options.port);
  try {
    screen.line(`The viewer is at ${screen.bold(host.url)}`);
    const facts = await runDemo({
      windowTokens: options.window,
      sessionId: command.newSessionId(),
      isLive: options.live,
      hostUrl: host.url,
      ariadneUrl: options.ariadne,
      otlpUrl: options.otlp,
      progress: new Progress(screen, options.window),
      env,
      repository,
      signal,
    });
    if (options.json) command.stdout.write(`${JSON.stringify(facts)}\n`);
    else screen.line(`\n${factsTable(facts)}\n`);
    if (options.exit) return;
    screen.line(`The viewer is at ${screen.bold(host.url)} — Ctrl-C to stop`);
    await untilAborted(signal);
  } finally {
    await host.close();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
