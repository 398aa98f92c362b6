import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenAIProvider } from '@openai/agents';
import type { ModelProvider } from '@openai/agents-core';
import { z } from 'zod';

type Received = { readonly path: string; readonly body: Readonly<Record<string, unknown>> };
/** What the server does with a request. `undefined` leaves it open until the client goes away. */
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: unknown }
  | undefined;

/** A server that speaks OpenAI's API on this machine: strict, one reply for each request. */
export async function loopbackOpenAI(replies: readonly Reply[]) {
  const received: Received[] = [];
  const left = [...replies];
  let gone = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.concat(chunks).toString()));
    received.push({ path: request.url ?? '', body });
    response.on('close', () => (gone += response.writableFinished ? 0 : 1));
    if (left.length === 0)
      response.writeHead(500, { 'x-should-retry': 'false' }).end('{"error":"not scripted"}');
    const reply = left.shift();
    if (reply === undefined) return;
    const { status = 200, headers = {} } = reply;
    // The client's own retries are not what is tested here.
    response.writeHead(status, { 'content-type': 'application/json', 'x-should-retry': 'false', ...headers });
    response.end(JSON.stringify(reply.body));
  };
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const provider = (useResponses: boolean): ModelProvider =>
    new OpenAIProvider({ apiKey: 'sk-none', baseURL: `http://127.0.0.1:${port}/v1`, useResponses });
  return {
    received,
    responses: provider(true),
    chatCompletions: provider(false),
    /** Requests that the client has given up. */
    abandoned: () => gone,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** A body of the Responses API. */
export function responseBody(content: object, more: object = {}): Reply {
  return {
    body: {
      id: 'resp_1',
      object: 'response',
      created_at: 1,
      status: 'completed',
      model: 'loopback',
      output: [{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed', content: [content] }],
      usage: {
        input_tokens: 900,
        input_tokens_details: { cached_tokens: 300 },
        output_tokens: 80,
        output_tokens_details: { reasoning_tokens: 20 },
        total_tokens: 980,
      },
      ...more,
    },
  };
}

export const outputText = (text: string): object => ({ type: 'output_text', text, annotations: [] });

/** A body of Chat Completions. */
export function chatBody(content: string, finishReason = 'stop'): Reply {
  return {
    body: {
      id: 'chat_1',
      object: 'chat.completion',
      created: 1,
      model: 'loopback',
      choices: [
        { index: 0, finish_reason: finishReason, message: { role: 'assistant', content, refusal: null } },
      ],
      usage: { prompt_tokens: 900, completion_tokens: 80, total_tokens: 980 },
    },
  };
}

export function errorBody(
  status: number,
  error: object,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return { status, headers, body: { error } };
}
