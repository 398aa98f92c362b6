import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { agents } from '@clew/core';
import { Agent, Runner } from '@openai/agents-core';
import type { Model, ModelProvider } from '@openai/agents-core';
import { aisdk } from '@openai/agents-extensions/ai-sdk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compactingProvider } from './compacting-provider.ts';
import { runLongSession } from './testing/long-session.fixture.ts';
import { say } from './testing/openai/reply.ts';
import { StrictOpenAI } from './testing/openai/strict-openai.ts';
import { FakeCompactor } from './testing/fake-compactor.ts';
import { watchedEngine } from './testing/watched-engine.fixture.ts';
import { traceAgents } from './testing/trace-agents.ts';

const contextTokens = 2400;

let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens });
});
afterEach(async () => server.close());

/** Models of the AI SDK, by the SDK's own bridge to it, which brings another copy of the SDK's core, and its types. */
function aiSdkProvider(): ModelProvider {
  const loopback = createOpenAICompatible({
    name: 'loopback',
    baseURL: server.baseURL,
    includeUsage: true,
  });
  return { getModel: (name = 'gpt-5') => aisdk(loopback.chatModel(name)) as unknown as Model };
}

const Body = z.object({ messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })) });

describe.each([false, true])('a long session over the AI SDK (stream: %s)', (isStreamed) => {
  const turns = 60;

  it('ends without a 400, and no answer is lost', async () => {
    const { manager, results } = watchedEngine(contextTokens, { hardCapBuffer: 200, summaryMaxTokens: 300 });
    const session = await runLongSession({
      server,
      api: 'chat',
      isStreamed,
      turns,
      wrap: () => compactingProvider({ provider: aiSdkProvider(), manager, sessionId: 's' }),
    });

    expect(server.requests.filter(({ status }) => status !== 200)).toEqual([]);
    expect(results().filter(({ splice }) => splice !== undefined).length).toBeGreaterThan(2);
    // The provider's own count is used.
    expect(results().at(-1)?.tokens.basis).toBe('provider');
    // The bridge gives every streamed text the same id, which must not make them one item.
    const unanswered = server.requests.map(({ body }) => {
      const { messages } = Body.parse(body);
      const asked = messages.flatMap(({ role }, index) => (role === 'user' ? index : []));
      return asked.slice(0, -1).filter((index) => messages[index + 1]?.role !== 'assistant');
    });
    expect(unanswered.flat()).toEqual([]);
    const faults = agents.validate(await session.getItems());
    expect(faults.filter(({ rule }) => rule !== 'duplicate_id')).toEqual([]);
  });

  it('fails without compaction', async () => {
    const work = runLongSession({ server, api: 'chat', isStreamed, turns, wrap: aiSdkProvider });

    await expect(work).rejects.toThrow(/maximum context length/u);
  });
});

it.each([false, true])('its own span is in the trace, with model and usage (stream: %s)', async (stream) => {
  const { bridge, log } = traceAgents();
  const manager = FakeCompactor.idle(1);
  const modelProvider = compactingProvider({ provider: aiSdkProvider(), manager, bridge });
  server.script([say('Hello.')]);
  const agent = new Agent({ name: 'Ada', model: 'gpt-5' });

  if (stream) {
    const result = await new Runner({ modelProvider }).run(agent, 'hi', { stream });
    for await (const event of result) void event;
    await result.completed;
  } else await new Runner({ modelProvider }).run(agent, 'hi');

  const chat = log.get('chat gpt-5');
  expect(chat.parentSpanContext?.spanId).toBe(log.get('turn').spanContext().spanId);
  expect(chat.attributes['gen_ai.usage.input_tokens']).toBe(server.requests[0]?.inputTokens);
  expect(manager.reports).toHaveLength(1);
});
