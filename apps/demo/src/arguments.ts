import { parseArgs } from 'node:util';
import { z } from 'zod';

const minWindowTokens = 12_000;

const tokenCount = z.coerce
  .number({ error: 'expected a whole number of tokens' })
  .int('expected a whole number of tokens')
  .min(
    minWindowTokens,
    `expected at least ${minWindowTokens} tokens: instructions, tools and one file must fit`,
  );

/** What the command line asks for. */
export const Arguments = z.strictObject({
  window: tokenCount.default(32_000),
  port: z.coerce.number().int().min(0).max(65_535, 'expected a port from 0 to 65535').optional(),
  ariadne: z
    .url({ protocol: /^https?$/u, error: 'expected a URL such as http://localhost:5175/ingest' })
    .optional(),
  /** Where traces go too; the standard path is added where there is none. */
  otlp: z
    .url({ protocol: /^https?$/u, error: 'expected a URL such as http://localhost:4318/v1/traces' })
    .transform(withTracesPath)
    .optional(),
  exit: z.boolean().default(false),
  json: z.boolean().default(false),
  live: z.boolean().default(false),
  help: z.boolean().default(false),
});
export type Arguments = z.infer<typeof Arguments>;

export const usage = `Usage: node apps/demo/dist/main.js [options]

A coding agent on the real OpenAI Agents SDK maintains a copy of this repository, far past its context window.
Offline: its model is scripted. Clew compacts the context, and a viewer shows each compaction as it happens.

  --window N       the context window in tokens (32000; at least ${minWindowTokens})
  --port N         the viewer's port (a free one near 5180)
  --exit           stop when the session ends, instead of keeping the viewer up
  --ariadne URL    send the spans to a real Ariadne's /ingest as well
  --otlp URL       send them by OTLP as well: to Jaeger, a Collector, any backend that takes it
                   (OTEL_EXPORTER_OTLP_ENDPOINT and its like are understood, too)
  --json           print the facts as one JSON object on standard output; progress goes to standard error
  --live           use a real model (needs OPENAI_API_KEY; OPENAI_MODEL chooses it)
  --help           print this
`;

export type ParsedArguments =
  | { readonly ok: true; readonly arguments: Arguments }
  | { readonly ok: false; readonly message: string };

/** `argv` without the program's own name. */
export function parseArguments(argv: readonly string[], env: NodeJS.ProcessEnv): ParsedArguments {
  try {
    const { values } = parseArgs({
      // The package manager hands the separator on.
      args: argv.filter((argument) => argument !== '--'),
      options: {
        window: { type: 'string' },
        port: { type: 'string' },
        ariadne: { type: 'string' },
        otlp: { type: 'string' },
        exit: { type: 'boolean' },
        json: { type: 'boolean' },
        live: { type: 'boolean' },
        help: { type: 'boolean' },
      },
      strict: true,
    });
    const parsed = Arguments.safeParse(values);
    if (!parsed.success) return { ok: false, message: parsed.error.issues.map(describeIssue).join('\n') };
    if (parsed.data.live && !parsed.data.help && !env['OPENAI_API_KEY']) {
      return { ok: false, message: '--live needs a real model: set OPENAI_API_KEY, or leave --live out.' };
    }
    return { ok: true, arguments: parsed.data };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function withTracesPath(text: string): string {
  const url = new URL(text);
  if (url.pathname === '/') url.pathname = '/v1/traces';
  return url.href;
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `--${path.join('.')}: ${message}`;
}
