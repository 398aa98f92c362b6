import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { call, say, think } from './reply.ts';
import { StrictOpenAI } from './strict-openai.ts';

let server: StrictOpenAI;
beforeEach(async () => {
  server = await StrictOpenAI.start({ contextTokens: 200 });
});
afterEach(async () => server.close());

type Answer = { readonly status: number; readonly text: string; readonly message: string | undefined };

async function post(path: string, body: object): Promise<Answer> {
  const response = await fetch(`${server.baseURL}/${path}`, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  const error = /"message":"((?:[^"\\]|\\.)*)"/u.exec(response.ok ? '' : text)?.[1];
  return { status: response.status, text, message: error };
}

const respond = async (input: unknown, more: object = {}) =>
  post('responses', { model: 'm', input, ...more });
const complete = async (messages: unknown, more: object = {}) =>
  post('chat/completions', { model: 'm', messages, ...more });

const user = { type: 'message', role: 'user', content: 'hi' };
const fn = { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}' };
const output = { type: 'function_call_output', call_id: 'c1', output: 'x' };

describe('the Responses API', () => {
  it.each([
    ['a result without its call', [user, output], /No tool call found/u],
    ['a call without its result', [user, fn], /No tool output found/u],
    ['a result before its call', [user, output, fn], /No tool call found/u],
    [
      'a parameter that nobody knows',
      [{ ...user, compact: true }],
      /Unknown parameter: 'input\[0\].compact'/u,
    ],
    ['an item that nobody knows', [{ type: 'summary' }], /Invalid value: 'summary'/u],
    [
      'an id twice',
      [
        { ...user, id: 'a' },
        { ...user, id: 'a' },
      ],
      /Duplicate item/u,
    ],
    [
      'an approval without its request',
      [user, { type: 'mcp_approval_response', approve: true, approval_request_id: 'mcpr_9' }],
      /does not have an approval request/u,
    ],
    [
      'an approval request without an answer',
      [user, { type: 'mcp_approval_request', id: 'mcpr_9', name: 'f', server_label: 's', arguments: '{}' }],
      /do not have an approval: mcpr_9/u,
    ],
    [
      'reasoning at the end',
      [user, { type: 'reasoning', id: 'rs_9', summary: [] }],
      /required following item/u,
    ],
  ])('refuses %s', async (_, input, message) => {
    server.script([say('never')]);
    expect(await respond(input)).toMatchObject({ status: 400, message: expect.stringMatching(message) });
    expect(server.refused()).toHaveLength(1);
  });

  it('refuses what came of reasoning without the reasoning, and takes them together', async () => {
    server.script([think, call('f')], [say('done')]);
    const { output: made } = JSON.parse((await respond([user])).text) as { output: { call_id?: string }[] };
    const answer = { ...output, call_id: made[1]?.call_id };

    expect(await respond([user, made[1], answer])).toMatchObject({
      status: 400,
      message: expect.stringContaining("without its required 'reasoning' item: 'rs_1_0'"),
    });
    expect(await respond([user, ...made, answer])).toMatchObject({ status: 200 });
  });
});

describe('Chat Completions', () => {
  const ask = { role: 'user', content: 'hi' };
  const calls = (...ids: readonly string[]) => ({
    role: 'assistant',
    tool_calls: ids.map((id) => ({ id, type: 'function', function: { name: 'f', arguments: '{}' } })),
  });
  const tool = (id: string) => ({ role: 'tool', tool_call_id: id, content: 'x' });

  it.each([
    ['a tool message without a call', [ask, tool('a')], /must be a response to a preceeding message/u],
    ['a call without its tool message', [ask, calls('a')], /must be followed by tool messages/u],
    ['one of two results missing', [ask, calls('a', 'b'), tool('a'), ask], /response messages: b/u],
    ['a tool message that does not stand behind its call', [ask, calls('a'), ask, tool('a')], /followed by/u],
    ['a parameter that nobody knows', [{ ...ask, compact: true }], /compact/u],
  ])('refuses %s', async (_, messages, message) => {
    server.script([say('never')]);
    expect(await complete(messages)).toMatchObject({ status: 400, message: expect.stringMatching(message) });
  });

  it('takes parallel calls with their results in any order', async () => {
    server.script([say('done')]);
    expect(await complete([ask, calls('a', 'b'), tool('b'), tool('a')])).toMatchObject({ status: 200 });
  });
});

it.each([
  ['responses', (text: string) => respond([{ ...user, content: text }])],
  ['chat', (text: string) => complete([{ role: 'user', content: text }])],
] as const)('%s: a prompt over the window is refused with the code of the API', async (_, send) => {
  server.script([say('fits')]);
  const long = await send('word '.repeat(300));
  expect(long).toMatchObject({ status: 400, text: expect.stringContaining('"context_length_exceeded"') });
  expect(await send('word '.repeat(100))).toMatchObject({ status: 200 });
});

it('answers nothing that was not scripted, and streams what was', async () => {
  expect(await respond([user])).toMatchObject({ status: 500, message: 'Request 1 was not scripted.' });
  server.script([say('one two')], [call('f')]);
  const events = (await respond([user], { stream: true })).text;
  expect(events.match(/^event: \S+/gmu)?.at(-1)).toBe('event: response.completed');
  const chunks = (await complete([{ role: 'user', content: 'hi' }], { stream: true })).text;
  expect(chunks).toContain('"tool_calls"');
  expect(chunks.trim().endsWith('data: [DONE]')).toBe(true);
});

it('answers by what a request asks before it looks at its script', async () => {
  server.respond((body) =>
    Reflect.get(Object(body), 'model') === 'small' ? [say('A summary.')] : undefined,
  );
  server.script([say('An answer.')]);
  expect((await respond('hi', { model: 'small' })).text).toContain('A summary.');
  expect((await respond('hi')).text).toContain('An answer.');
  expect((await respond('hi')).status).toBe(500);
  // What the API refuses, it refuses.
  expect((await respond([user, output], { model: 'small' })).status).toBe(400);
});
