import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHost } from '@clew/host';
import { setDefaultModelProvider, setTracingDisabled } from '@openai/agents';
import { ScriptedModel, assistantMessage } from '@openai/agents-core/testing';
import { expect, it, vi } from 'vitest';

it('is enabled in fewer than ten lines', async () => {
  const storage = await mkdtemp(join(tmpdir(), 'clew-example-'));
  const host = await createHost({ port: 0, database: ':memory:' });
  const model = new ScriptedModel([[assistantMessage('It parses in local time.')]]);
  setDefaultModelProvider({ getModel: () => model });
  // Tests run with the SDK's tracing off; an application has it on.
  setTracingDisabled(false);
  vi.stubEnv('COMPACT_ARIADNE_URL', `${host.url}/ingest`);
  vi.stubEnv('COMPACT_STORAGE_PATH', storage);
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});

  await import('./minimal.ts');

  expect(said).toHaveBeenCalledWith('It parses in local time.');
  const { spans } = (await (await fetch(`${host.url}/api/spans?cursor=0&limit=100`)).json()) as {
    spans: { name: string }[];
  };
  const names = spans.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['compact.run', 'compact.trigger_decision', 'invoke_agent Coder']),
  );
  await host.close();
  await rm(storage, { recursive: true, force: true });
  vi.unstubAllEnvs();
});
