import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { withTrace } from '@openai/agents';
import { expect, test } from 'vitest';
import { chooseLive } from './choose-model.ts';

test('the live model is the one that the environment names, asked with its key', async () => {
  const asked: { path: string | undefined; key: string | undefined; model: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = JSON.parse(await textOf(request));
    const model = typeof body === 'object' && body !== null && 'model' in body ? body.model : undefined;
    asked.push({ path: request.url, key: request.headers.authorization, model });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const chosen = chooseLive({
      OPENAI_API_KEY: 'a-key',
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      OPENAI_MODEL: 'some-model',
    });
    expect(chosen).toMatchObject({ name: 'some-model', isLive: true });
    const model = await chosen.provider.getModel(chosen.name);
    const request = {
      input: 'Hello',
      modelSettings: {},
      outputType: 'text',
      tracing: false,
    } as const;
    const { output, usage } = await withTrace('test', async () =>
      model.getResponse({ ...request, tools: [], handoffs: [] }),
    );
    expect(asked).toEqual([{ path: '/v1/responses', key: 'Bearer a-key', model: 'some-model' }]);
    expect(JSON.stringify(output)).toContain('Good day');
    expect(usage.inputTokens).toBe(7);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});

test('without a name in the environment there is a usual one', () => {
  expect(chooseLive({ OPENAI_API_KEY: 'a-key' }).name).toMatch(/^gpt-/u);
});

const answer = {
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  model: 'some-model',
  output: [
    {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Good day', annotations: [] }],
    },
  ],
  usage: {
    input_tokens: 7,
    output_tokens: 2,
    total_tokens: 9,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  },
};

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
