import { createHost } from '@clew/host';
import { call, say } from '@clew/openai-agents/testing';
import { expect, it, vi } from 'vitest';
import { openaiDouble } from './openai-double.fixture.ts';

it('keeps the policy of the team through a long session and a /compact, and shows all of it in Ariadne', async () => {
  const openai = await openaiDouble({ strategy: 'code_delta' });
  const host = await createHost({ port: 0, database: ':memory:' });
  vi.stubEnv('COMPACT_EXPORTER', 'ariadne');
  vi.stubEnv('COMPACT_ARIADNE_URL', `${host.url}/ingest`);
  const { app, answer } = await import('./coding-session.ts');

  const files = ['policy', 'manager', 'compaction', 'commit', 'plan', 'prepare', 'resume', 'verify'];
  openai.server.script(
    [call('read_policy', {}, 'call_rules')],
    ...files.map((name) => [call('read_file', { path: `packages/core/src/${name}.ts` }, `call_${name}`)]),
    [say('The bug is in resume.ts.')],
    [say('It is fixed.')],
  );
  expect(await answer('Why does the second compaction lose items?')).toBe('The bug is in resume.ts.');
  expect(await answer('/compact status')).toContain('It has not been compacted.');
  expect(await answer('/compact mind the test that failed')).toMatch(
    /^Compacted from [\d,]+ to [\d,]+ tokens/u,
  );
  expect(await answer('Then fix it.')).toBe('It is fixed.');

  const before = openai.calls().at(-2);
  const after = openai.calls().at(-1);
  expect(JSON.stringify(after?.input).length).toBeLessThan(JSON.stringify(before?.input).length * 0.6);
  expect(JSON.stringify(after?.input)).toContain('<COMPACT-SUMMARY v1>');
  expect(after?.input).toContainEqual(
    expect.objectContaining({ type: 'function_call_output', call_id: 'call_rules' }),
  );
  expect(JSON.stringify(after?.input)).toContain('Never touch billing/. Every change has a test.');
  expect(openai.server.requests.filter(({ status }) => status !== 200)).toEqual([]);

  await app.shutdown();
  const { spans } = (await (await fetch(`${host.url}/api/spans?cursor=0&limit=500`)).json()) as {
    spans: { name: string }[];
  };
  const names = new Set(spans.map(({ name }) => name));
  expect([...names]).toEqual(
    expect.arrayContaining([
      'invoke_agent Coder',
      'execute_tool read_policy',
      'compact.run',
      'compact.summary_created',
      'compact.pruned_messages',
      'chat gpt-5-mini',
    ]),
  );
  await host.close();
  await openai.close();
});
