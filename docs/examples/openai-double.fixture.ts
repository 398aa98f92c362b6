import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writtenSummary } from '@clew/core/testing';
import { StrictOpenAI, say } from '@clew/openai-agents/testing';
import { setTraceProcessors, setTracingDisabled } from '@openai/agents';
import { z } from 'zod';
import { vi } from 'vitest';
import type { StrategyName } from '@clew/core';

export const Sent = z.object({
  model: z.string(),
  instructions: z.string().nullish(),
  input: z.array(z.looseObject({ type: z.string().optional(), role: z.string().optional() })),
});
export type Sent = z.infer<typeof Sent>;

/**
 * OpenAI's API on this machine, where an application looks for it, and a folder for what it stores. Summaries, which
 * are asked of `gpt-5-mini`, are written at any time.
 */
export async function openaiDouble({
  contextTokens = 128_000,
  strategy = 'task_state',
}: { readonly contextTokens?: number; readonly strategy?: StrategyName } = {}) {
  const server = await StrictOpenAI.start({ contextTokens });
  const folder = await mkdtemp(join(tmpdir(), 'clew-example-'));
  const summary = [say(writtenSummary('- what was found so far', strategy))];
  server.respond((body) => (modelOf(body) === 'gpt-5-mini' ? summary : undefined));
  vi.stubEnv('OPENAI_BASE_URL', server.baseURL);
  vi.stubEnv('OPENAI_API_KEY', 'none');
  vi.stubEnv('COMPACT_EXPORTER', 'none');
  vi.stubEnv('COMPACT_STORAGE_PATH', folder);
  vi.stubEnv('COMPACT_SPOOL_PATH', join(folder, 'spool'));
  // Nothing is for the SDK's own export, which would go out to OpenAI.
  setTraceProcessors([]);
  // Tests run with the SDK's tracing off; an application has it on.
  setTracingDisabled(false);
  return {
    server,
    /** What the agents' model was sent, call by call. */
    calls: (): readonly Sent[] =>
      server.requests.flatMap(({ body }) => (modelOf(body) === 'gpt-5' ? Sent.parse(body) : [])),
    summaries: () => server.requests.filter(({ body }) => modelOf(body) === 'gpt-5-mini').length,
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true, force: true });
      setTracingDisabled(true);
      vi.unstubAllEnvs();
    },
  };
}

function modelOf(body: unknown): unknown {
  return z.looseObject({ model: z.unknown() }).safeParse(body).data?.model;
}
