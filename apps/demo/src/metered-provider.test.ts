import { type Model, type ModelRequest, type StreamEvent, Usage } from '@openai/agents';
import { expect, test } from 'vitest';
import { type MeteredCall, meteredProvider } from './metered-provider.ts';

const countTokens = (text: string) => text.length;

const request: ModelRequest = {
  input: 'Hello',
  modelSettings: {},
  tools: [],
  handoffs: [{ toolName: 't', toolDescription: '', inputJsonSchema: {} as never, strictJsonSchema: true }],
  outputType: 'text',
  tracing: false,
};

/** A model that reports this usage, or refuses where there is none. */
function reporting(inputTokens: number | undefined): Model {
  const answer = () => {
    if (inputTokens === undefined) throw new Error('refused');
    return { requests: 1, inputTokens, outputTokens: 1, totalTokens: inputTokens + 1 };
  };
  return {
    getResponse: async () => ({ usage: new Usage(answer()), output: [] }),
    async *getStreamedResponse(): AsyncIterable<StreamEvent> {
      yield { type: 'response_started' };
      yield { type: 'response_done', response: { id: 'r', output: [], usage: answer() } };
    },
  };
}

async function meter(inputTokens: number | undefined, sent: ModelRequest): Promise<readonly MeteredCall[]> {
  const calls: MeteredCall[] = [];
  const inner = { getModel: () => reporting(inputTokens) };
  const model = await meteredProvider(inner, {
    countTokens,
    onCall: (call) => void calls.push(call),
  }).getModel('m');
  await model.getResponse(sent).catch(() => {});
  try {
    for await (const _ of model.getStreamedResponse(sent));
  } catch {
    // What it throws is not what is looked at here.
  }
  return calls;
}

test('a prompt weighs what the provider says', async () => {
  expect(await meter(77, request)).toEqual([
    { kind: 'turn', promptTokens: 77 },
    { kind: 'turn', promptTokens: 77 },
  ]);
});

test('a prompt that the provider refused or did not weigh is counted here', async () => {
  const [refused] = await meter(undefined, request);
  const [unweighed] = await meter(0, request);
  expect(refused?.promptTokens).toBeGreaterThan(5);
  expect(unweighed).toEqual(refused);
});

test('a request without tools and hand-offs is for a summary', async () => {
  const [call] = await meter(5, { ...request, handoffs: [] });
  expect(call?.kind).toBe('summary');
});
