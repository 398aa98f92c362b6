import { main } from './main.ts';

export type TestRun = { readonly code: number; readonly out: string; readonly error: string };

/** Runs a command line on a terminal of its own; it is stopped once the output has `until`. */
export async function runIn(
  directory: string,
  args: readonly string[],
  {
    until = 'Ctrl-C',
    environment = {},
  }: { until?: string | RegExp; environment?: Record<string, string> } = {},
): Promise<TestRun> {
  const out: string[] = [];
  const error: string[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const code = await main(args, {
    directory,
    environment,
    out: (text) => {
      out.push(text);
      const isReached = typeof until === 'string' ? text.includes(until) : until.test(text);
      if (isReached) stop();
    },
    error: (text) => void error.push(text),
    stopped: () => stopped,
  });
  return { code, out: out.join('\n'), error: error.join('\n') };
}
