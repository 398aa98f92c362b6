import { writtenSummary } from '@clew/core/testing';
import { StrictAriadne } from '@clew/exporters/testing';
import type { ReceivedEvent } from '@clew/exporters/testing';
import { StrictOpenAI, call, say } from '@clew/openai-agents/testing';
import {
  Agent,
  MemorySession,
  OpenAIProvider,
  Runner,
  setTraceProcessors,
  setTracingDisabled,
  tool,
} from '@openai/agents';
import type { AgentInputItem } from '@openai/agents';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { clew } from './clew.ts';
import type { Clew } from './clew.ts';

let ariadne: StrictAriadne;
let openai: StrictOpenAI;
let app: Clew;
beforeEach(async () => {
  // Tests run with the SDK's tracing off; an application has it on.
  setTracingDisabled(false);
  setTraceProcessors([]);
  ariadne = await new StrictAriadne().start();
  openai = await StrictOpenAI.start({ contextTokens: 4000 });
  app = await clew({
    environment: {},
    model: 'gpt-5',
    maxContextTokens: 4000,
    policy: { hardCapBuffer: 200, keepRecentTurns: 1, ladder: ['summarize'], summaryMaxTokens: 400 },
    telemetry: { ariadneUrl: ariadne.url, serviceName: 'depot' },
    storage: { adapter: 'none' },
    modelProvider: new OpenAIProvider({ apiKey: 'none', baseURL: openai.baseURL }),
  });
});
afterEach(async () => {
  await app.shutdown();
  await openai.close();
  await ariadne.close();
});

const stock = tool({
  name: 'stock_of',
  description: 'The stock of a depot',
  parameters: z.object({ depot: z.string() }),
  execute: async ({ depot }) => `${depot}: 41 crates, api_key=sk-abcdefghijklmnop1234`,
});
const bob = new Agent({ name: 'Bob', model: 'gpt-5' });
const ada = new Agent({
  name: 'Ada',
  instructions: 'You watch the stock.',
  model: 'gpt-5',
  tools: [stock],
  handoffs: [bob],
  inputGuardrails: [
    { name: 'on_topic', execute: async () => ({ tripwireTriggered: false, outputInfo: '' }) },
  ],
});

const past: AgentInputItem[] = Array.from({ length: 14 }, (_, turn): AgentInputItem[] => [
  {
    type: 'message',
    role: 'user',
    content: `Question ${turn}: ${'what of the crates in hall nine? '.repeat(15)}`,
  },
  {
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: `Answer ${turn}: ${'they wait for the lorry. '.repeat(15)}` }],
  },
]).flat();

/** `[kind] name` of each span below its parent, in order of their starts. */
function treeOf(events: readonly ReceivedEvent[]): readonly string[] {
  const spans = events.flatMap((event) => (event.type === 'span' ? event : []));
  const below = (parent: string | undefined, depth: number): readonly string[] =>
    spans
      .filter(({ parent_id: id }) => id === parent)
      .toSorted((a, b) => (a.started_at ?? '').localeCompare(b.started_at ?? ''))
      .flatMap(({ span_id: id, kind, name }) => [
        `${'  '.repeat(depth)}[${kind}] ${name}`,
        ...below(id, depth + 1),
      ]);
  return below(undefined, 0);
}

it('is one trace with its name, group and metadata, and a tree of agents, tools, handoffs and compactions', async () => {
  const session = new MemorySession();
  await session.addItems(past);
  openai.script(
    [say(writtenSummary('They asked about the crates.'))],
    [call('stock_of', { depot: 'Oslo' })],
    [call('transfer_to_Bob')],
    [say('Ordered 20 crates.')],
  );
  const runner = new Runner({
    ...app.runConfig,
    workflowName: 'Depot watch',
    groupId: 'conversation-7',
    traceMetadata: { tenant: 'acme' },
  });

  const result = await runner.run(ada, 'How many crates are there? Order what is missing.', { session });
  await app.flush();

  expect(result.finalOutput).toBe('Ordered 20 crates.');
  expect(openai.refused()).toEqual([]);
  const { events } = ariadne;
  const traces = events.filter(({ type }) => type === 'trace');
  expect(traces).toEqual([
    expect.objectContaining({
      name: 'Depot watch',
      group_id: 'conversation-7',
      metadata: { service_name: 'depot', agent_name: 'Ada', agent: 'Ada', tenant: 'acme' },
      ended_at: expect.any(String),
    }),
  ]);
  expect(new Set(events.map(({ trace_id: id }) => id)).size).toBe(1);
  const tree = treeOf(events).filter((line) => !/token_estimate|trigger_decision/u.test(line));
  expect(tree.filter((line) => !line.includes('guardrail'))).toEqual([
    '[workflow] invoke_workflow Depot watch',
    '  [task] task Depot watch',
    '    [agent] invoke_agent Ada',
    '      [turn] turn',
    '        [compaction] compact.run',
    '          [compaction] compact.summary_created',
    '            [llm] chat gpt-5',
    '          [compaction] compact.pruned_messages',
    '        [llm] chat gpt-5',
    '        [tool] execute_tool stock_of',
    '      [turn] turn',
    '        [compaction] compact.run',
    '        [llm] chat gpt-5',
    '        [handoff] handoff Bob',
    '    [agent] invoke_agent Bob',
    '      [turn] turn',
    '        [compaction] compact.run',
    '        [llm] chat gpt-5',
  ]);
  expect(tree).toContain('      [guardrail] guardrail on_topic');
  expect(JSON.stringify(events)).not.toContain('sk-abcdefghijklmnop1234');
});
