import { CompactManager, agents } from '@clew/core';
import type { AgentItem, CompactPolicyInput, CompactResult } from '@clew/core';
import { RecordingObserver, brokenLaws } from '@clew/core/testing';
import {
  Agent,
  MemorySession,
  OpenAIProvider,
  OpenAIResponsesCompactionSession,
  Runner,
} from '@openai/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { compactRunConfig } from '../compact-run-config.ts';
import { say } from '../testing/openai/reply.ts';
import { StrictOpenAI } from '../testing/openai/strict-openai.ts';
import { nativeCompactionSession } from './native-compaction-session.ts';

const servers: StrictOpenAI[] = [];
const start = async (options: { readonly knowsCompaction?: boolean } = {}) => {
  const server = await StrictOpenAI.start({ contextTokens: 4000, ...options });
  servers.push(server);
  return server;
};
let server: StrictOpenAI;
beforeEach(async () => {
  server = await start();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((one) => one.close()));
});

function setUp(policy: CompactPolicyInput, model = 'gpt-5.2') {
  const observer = new RecordingObserver();
  const manager = new CompactManager<AgentItem>({
    model,
    // What a run sends stays below this: only the session is compacted here.
    maxContextTokens: 1200,
    dialect: agents,
    observer,
    policy: { hardCapBuffer: 100, triggerPct: 0.5, targetPct: 0.4, ...policy },
  });
  // The SDK's session makes its client by the environment.
  vi.stubEnv('OPENAI_BASE_URL', server.baseURL);
  vi.stubEnv('OPENAI_API_KEY', 'none');
  const underlying = new MemorySession();
  const errors: unknown[] = [];
  const open = () =>
    nativeCompactionSession({
      manager,
      underlying,
      model,
      sessionId: 's',
      create: (settings) => new OpenAIResponsesCompactionSession({ compactionMode: 'input', ...settings }),
      onError: (error) => errors.push(error),
    });
  const provider = new OpenAIProvider({ apiKey: 'none', baseURL: server.baseURL });
  // Of the calls nothing is asked, which would keep the session small before the endpoint is needed.
  const seam = compactRunConfig({ provider, manager, sessionId: 's', nativeTransport: 'none' });
  const runner = new Runner({ ...seam, model, tracingDisabled: true });
  const results = (): readonly CompactResult<unknown>[] =>
    observer.runs.flatMap(({ result }) => result ?? []);
  return { open, runner, results, underlying, errors };
}

const agent = new Agent({ name: 'Ada', instructions: 'Be brief.' });

async function converse(runner: Runner, session: ReturnType<typeof nativeCompactionSession>, turns: number) {
  for (let turn = 0; turn < turns; turn += 1) {
    server.script([say(`answer ${turn} `.repeat(30))]);
    await runner.run(agent, `question ${turn} `.repeat(30), { session });
  }
}

const compacted = () => server.requests.filter(({ path }) => path.endsWith('/compact'));

it('is compacted at the endpoint by the tokens of the policy, and the ledger has it', async () => {
  const { open, runner, results, underlying } = setUp({ providerMode: 'native' });
  await converse(runner, open(), 2);
  expect(compacted()).toHaveLength(0);
  await converse(runner, open(), 10);

  expect(server.requests.every(({ status }) => status === 200)).toBe(true);
  expect(compacted().length).toBeGreaterThan(0);
  const native = results().filter(({ phase }) => phase === 'provider');
  expect(native.length).toBeGreaterThanOrEqual(compacted().length);
  for (const result of results()) expect(brokenLaws(result)).toEqual([]);
  expect((await underlying.getItems()).some(({ type }) => type === 'compaction')).toBe(true);
});

it('an endpoint that is not there leaves the session as it is, and the run with its answer', async () => {
  server = await start({ knowsCompaction: false });
  const { open, runner, underlying, errors } = setUp({ providerMode: 'native' });
  await converse(runner, open(), 10);
  expect(errors.length).toBeGreaterThan(0);
  expect(await underlying.getItems()).toHaveLength(20);
});

it('a model without the endpoint is left to the engine, and a policy that says local is refused', () => {
  const { open, underlying, errors } = setUp({ providerMode: 'auto' }, 'gemini-2.5-pro');
  expect(open()).toBe(underlying);
  expect(String(errors[0])).toContain(
    'gemini-2.5-pro does not compact by itself. The engine compacts instead.',
  );
  expect(() => setUp({}).open()).toThrow(/providerMode is local/u);
});
