import { CompactManager, responses } from '@clew/core';
import { ScriptedSummarizer, conversation } from '@clew/core/testing';
import { HostLimits, listen } from '@clew/host';
import type { Listener } from '@clew/host';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gatewayApp } from './gateway-app.ts';

let server: Listener;
let client: OpenAI;
let count = 0;

/** Question, call, result and answer, as items of the Responses API. */
const turns = (from: number, to: number): OpenAI.Responses.ResponseInputItem[] =>
  Array.from({ length: to - from }, (_, offset) => from + offset).flatMap((index) => [
    { role: 'user' as const, content: `Question ${index}: look at src/part-${index}.ts` },
    { type: 'function_call' as const, call_id: `c${index}`, name: 'read', arguments: '{}' },
    { type: 'function_call_output' as const, call_id: `c${index}`, output: `line ${index} `.repeat(300) },
    { role: 'assistant' as const, content: `Answer ${index}` },
  ]);

async function start(summarizer?: ScriptedSummarizer) {
  const manager = new CompactManager<object>({
    model: 'gpt-5',
    maxContextTokens: 12_000,
    dialect: responses,
    summarizer,
  });
  const app = gatewayApp({
    engine: manager,
    model: 'gpt-5',
    hostname: '127.0.0.1',
    newId: () => `id${(count += 1)}`,
    now: () => 1_700_000_000_000,
  });
  server = await listen(app.fetch, { port: 0, hostname: '127.0.0.1', limits: HostLimits.parse({}) });
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'none', maxRetries: 0 });
}
beforeEach(() => start());
afterEach(() => server.close());

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

describe('POST /v1/responses/compact', () => {
  it('gives OpenAI’s own client a context that its API takes', async () => {
    const compacted = await client.responses.compact({ model: 'gpt-5', input: turns(0, 20) });
    expect(compacted).toMatchObject({ object: 'response.compaction', created_at: 1_700_000_000 });
    expect(compacted.usage).toMatchObject({ input_tokens: 0, total_tokens: 0 });
    const items = compacted.output as object[];
    expect(items.length).toBeLessThan(80);
    expect(responses.validate(items)).toEqual([]);
    expect(JSON.stringify(items)).toContain('<COMPACT-SUMMARY v1>');
    expect(items.at(-1)).toEqual({ role: 'assistant', content: 'Answer 19' });
  });

  it('continues a session that is named, so that its next summary replaces the first', async () => {
    const session = { 'clew-session': 'depot' };
    const first = await post('/v1/responses/compact', { input: turns(0, 20) }, session);
    const input = [...(first.body['output'] as object[]), ...turns(20, 30)];
    const second = await post('/v1/responses/compact', { input }, session);
    const text = JSON.stringify(second.body['output']);
    expect(text.match(/<COMPACT-SUMMARY v\d+>/gu)).toEqual(['<COMPACT-SUMMARY v2>']);
    expect(second.response.headers.get('clew-sequence')).toBe('2');
    expect(text).toContain('src/part-0.ts');
  });

  it('tells in headers what the shape has no room for', async () => {
    const { response } = await post('/v1/responses/compact', { input: turns(0, 20) });
    expect(response.headers.get('clew-outcome')).toBe('compacted');
    const [before, after] = ['before', 'after'].map((name) =>
      Number(response.headers.get(`clew-tokens-${name}`)),
    );
    expect(after).toBeLessThan((before ?? 0) * 0.6);
    expect(Number(response.headers.get('clew-retention'))).toBeGreaterThan(0.9);
  });

  it('tells what its summaries used, each request its own', async () => {
    await server.close();
    const usage = { inputTokens: 900, outputTokens: 80 };
    const text = '## Goals\n- go on';
    await start(new ScriptedSummarizer(Array.from({ length: 8 }, () => ({ text, usage }))));
    const one = post('/v1/responses/compact', { input: turns(0, 20) });
    const other = post('/v1/responses/compact', { input: 'short' });
    expect((await one).body['usage']).toMatchObject({ input_tokens: expect.any(Number) as number });
    const { total_tokens: spent } = (await one).body['usage'] as { total_tokens: number };
    expect(spent).toBeGreaterThanOrEqual(980);
    expect(spent % 980).toBe(0);
    expect((await other).body['usage']).toMatchObject({ total_tokens: 0 });
  });

  it.each([
    ['previous_response_id', { input: 'a', previous_response_id: 'resp_1' }],
    ['prompt_cache_key', { input: 'a', prompt_cache_key: 'k' }],
    ['service_tier', { input: 'a', service_tier: 'flex' }],
  ])('refuses %s, by its name', async (param, body) => {
    const refused = await post('/v1/responses/compact', body);
    expect(refused.response.status).toBe(400);
    expect(refused.body['error']).toMatchObject({
      type: 'invalid_request_error',
      param,
      message: expect.stringContaining(`${param} is not known`) as unknown,
    });
  });

  it('refuses a history that no API would take, and says why', async () => {
    const input = [{ type: 'function_call_output', call_id: 'c9', output: 'of nothing' }];
    const { response, body } = await post('/v1/responses/compact', { input });
    expect(response.status).toBe(400);
    expect(JSON.stringify(body)).toContain('c9');
  });

  it.each([
    ['no JSON', '{', {}, 400],
    ['nothing to compact', { input: [] }, {}, 400],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415],
    ['a page of another site', { input: 'a' }, { origin: 'https://evil.example' }, 403],
  ])('refuses %s', async (_, body, headers, status) => {
    expect((await post('/v1/responses/compact', body, headers)).response.status).toBe(status);
  });
});

describe('counting', () => {
  it('answers OpenAI’s and Anthropic’s shapes', async () => {
    const input = turns(0, 3);
    const openai = await client.responses.inputTokens.count({
      model: 'gpt-5',
      input,
      instructions: 'Be brief.',
    });
    expect(openai.object).toBe('response.input_tokens');
    expect(openai.input_tokens).toBeGreaterThan(2000);
    const messages = conversation([{ user: 'word '.repeat(500), answer: 'ok' }]);
    const count_tokens = await post('/v1/messages/count_tokens', { model: 'claude-sonnet-4-5', messages });
    const { input_tokens: counted } = count_tokens.body as { input_tokens: number };
    expect(counted).toBeGreaterThan(450);
    expect(counted).toBeLessThan(900);
    const more = {
      model: 'claude-sonnet-4-5',
      messages,
      system: [{ type: 'text', text: 'word '.repeat(200) }],
    };
    expect((await post('/v1/messages/count_tokens', more)).body['input_tokens']).toBeGreaterThan(
      counted + 150,
    );
  });

  it('refuses what it would not count', async () => {
    const refused = await post('/v1/messages/count_tokens', {
      model: 'm',
      messages: [{ role: 'user', content: 'a' }],
      thinking: {},
    });
    expect(refused.response.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('thinking is not known');
  });
});

it('says what there is where something else was asked for', async () => {
  const { response, body } = await post('/v1/chat/completions', {});
  expect(response.status).toBe(404);
  expect(JSON.stringify(body)).toContain('POST /v1/responses/compact');
});
