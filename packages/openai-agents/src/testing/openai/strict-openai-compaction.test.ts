import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { say } from './reply.ts';
import { StrictOpenAI } from './strict-openai.ts';

let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens: 2000 });
});
afterEach(async () => server.close());

const Item = z.looseObject({ type: z.string(), id: z.string().optional() });
const Answer = z.looseObject({
  id: z.string().optional(),
  output: z.array(Item).default([]),
  error: z.looseObject({ message: z.string(), code: z.string().nullable() }).nullish(),
});

async function post(
  path: string,
  body: object,
): Promise<z.infer<typeof Answer> & { readonly status: number }> {
  const response = await fetch(`${server.baseURL}/${path}`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', ...body }),
  });
  return { ...Answer.parse(await response.json()), status: response.status };
}

const user = (content: string) => ({ type: 'message', role: 'user', content });
const long = user('word '.repeat(300));
const at = (compact_threshold: number) => [{ type: 'compaction', compact_threshold }];

describe('context_management', () => {
  it('compacts within the call over the threshold, and not below it', async () => {
    server.script([say('below')], [say('over')]);
    const below = await post('responses', { input: [long], context_management: at(1000) });
    expect(below.output.map(({ type }) => type)).toEqual(['message']);
    const over = await post('responses', { input: [long], context_management: at(200) });
    expect(over.output.map(({ type }) => type)).toEqual(['compaction', 'message']);
  });

  it('takes its item back as it was given, and what stood before it weighs nothing', async () => {
    server.script([say('over')], [say('with')], [say('without')]);
    const { output } = await post('responses', { input: [long], context_management: at(200) });
    await post('responses', { input: [long, ...output, user('on')] });
    await post('responses', { input: [...output, user('on')] });
    const [, whole, pruned] = server.requests.map(({ inputTokens }) => inputTokens);
    expect(whole).toBe(pruned);
    expect(whole).toBeLessThan(200);
  });

  it.each([
    ['an item that was changed', { encrypted_content: 'bm90IG91cnM=' }, 'invalid_encrypted_content'],
    ['an item with another id', { id: 'cmp_9' }, 'invalid_encrypted_content'],
    ['an item with more in it', { created_by: 'me' }, 'unknown_parameter'],
  ])('refuses %s', async (_, change, code) => {
    server.script([say('over')], [say('never')]);
    const { output } = await post('responses', { input: [long], context_management: at(200) });
    const answer = await post('responses', { input: [{ ...output[0], ...change }, user('on')] });
    expect(answer).toMatchObject({ status: 400, error: { code } });
  });

  it.each([
    ['a type that nobody knows', { context_management: [{ type: 'clearing' }] }],
    ['a parameter of an entry that nobody knows', { context_management: [{ type: 'compaction', keep: 3 }] }],
    ['a parameter that nobody knows', { compaction: true }],
  ])('refuses %s', async (_, more) => {
    server.script([say('never')]);
    expect(await post('responses', { input: [long], ...more })).toMatchObject({ status: 400 });
  });
});

it('holds what it was sent, for previous_response_id and conversation, not for both', async () => {
  server.script([say('one')], [say('two')], [say('three')], [say('four')]);
  const first = await post('responses', { input: [long], conversation: 'conv_1' });
  await post('responses', { input: [user('on')], previous_response_id: first.id });
  await post('responses', { input: [user('on')], conversation: 'conv_1' });
  const [, byResponse, byConversation] = server.requests.map(({ inputTokens }) => inputTokens);
  expect(byResponse).toBeGreaterThan(300);
  expect(byConversation).toBe(byResponse);
  const both = { input: 'x', previous_response_id: first.id, conversation: 'conv_1' };
  expect(await post('responses', both)).toMatchObject({ status: 400 });
  const unknown = await post('responses', { input: 'x', previous_response_id: 'resp_99' });
  expect(unknown).toMatchObject({ status: 400, error: { code: 'previous_response_not_found' } });
});

it('/responses/compact gives back what the user said, and one item for everything', async () => {
  const compacted = await post('responses/compact', { input: [long, user('and then?')] });
  expect(compacted.output.map(({ type }) => type)).toEqual(['message', 'message', 'compaction']);
  server.script([say('on')]);
  expect(await post('responses', { input: [...compacted.output, user('on')] })).toMatchObject({
    status: 200,
  });
  expect(await post('responses/compact', { input: [long], stream: true })).toMatchObject({ status: 400 });
});

it('a server of the time before knows neither', async () => {
  await server.close();
  server = await StrictOpenAI.start({ contextTokens: 2000, knowsCompaction: false });
  server.script([say('never')]);
  const asked = await post('responses', { input: [long], context_management: at(200) });
  expect(asked).toMatchObject({
    status: 400,
    error: { message: "Unknown parameter: 'context_management'." },
  });
  expect(await post('responses/compact', { input: [long] })).toMatchObject({ status: 400 });
});
