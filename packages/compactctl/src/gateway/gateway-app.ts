import { anthropic, describeIssues, responses } from '@clew/core';
import type { CompactResult, Compactor } from '@clew/core';
import { guard } from '@clew/host';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { countTokens } from './count-tokens.ts';
import {
  CompactBody,
  MessagesCountBody,
  ResponsesCountBody,
  itemsOf,
  systemText,
} from './gateway-requests.ts';

export type GatewayOptions = {
  readonly engine: Pick<Compactor<object>, 'compact'>;
  /** The model of a request that names none. */
  readonly model: string;
  /** The address that it is bound to; it decides which Host headers are accepted. */
  readonly hostname: string;
  readonly newId: () => string;
  readonly now: () => number;
};

const maxBodyBytes = 64 * 1024 * 1024;

/** The engine for agents in any language, by the shapes of the providers' own endpoints. */
export function gatewayApp({ engine, model, hostname, newId, now }: GatewayOptions): Hono {
  const app = new Hono();
  app.use(guard(hostname, []));
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: (c) => c.json(tooLarge, 413) }));

  app.post('/v1/responses/compact', async (c) => {
    const body = await read(c, CompactBody);
    if (body instanceof Response) return body;
    const result = await engine.compact({
      // Without a session each request stands alone.
      sessionId: c.req.header('clew-session') ?? newId(),
      items: itemsOf(body.input),
      instructions: body.instructions ?? undefined,
      model: body.model ?? model,
      signal: c.req.raw.signal,
    });
    if (result.outcome === 'invalid') {
      return c.json(
        invalid(result.advice ?? result.error?.message ?? 'The input is not valid.', 'input'),
        400,
      );
    }
    for (const [name, value] of Object.entries(headersOf(result))) c.header(name, value);
    return c.json({
      id: `cmp_${newId()}`,
      object: 'response.compaction',
      created_at: Math.floor(now() / 1000),
      output: result.items,
      usage: usageOf(result),
    });
  });

  app.post('/v1/responses/input_tokens', async (c) => {
    const body = await read(c, ResponsesCountBody);
    if (body instanceof Response) return body;
    const input_tokens = await countTokens(responses, {
      model: body.model ?? model,
      items: body.input == null ? [] : itemsOf(body.input),
      instructions: body.instructions ?? undefined,
      tools: body.tools ?? undefined,
    });
    return c.json({ object: 'response.input_tokens', input_tokens });
  });

  app.post('/v1/messages/count_tokens', async (c) => {
    const body = await read(c, MessagesCountBody);
    if (body instanceof Response) return body;
    const { messages: items, system, tools } = body;
    const instructions = systemText(system);
    return c.json({
      input_tokens: await countTokens(anthropic, { model: body.model, items, instructions, tools }),
    });
  });

  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.notFound((c) =>
    c.json(invalid(`There is no ${c.req.method} ${c.req.path}. There are ${endpoints}.`), 404),
  );
  app.onError((error, c) => c.json({ error: { message: error.message, type: 'server_error' } }, 500));
  return app;
}

const endpoints =
  'POST /v1/responses/compact, POST /v1/responses/input_tokens, POST /v1/messages/count_tokens';

const tooLarge = invalid(`The body must be at most ${maxBodyBytes} bytes.`);

/** The body as it should be, or the refusal that names each field which is not. */
async function read<TSchema extends z.ZodType>(
  c: Context,
  schema: TSchema,
): Promise<z.output<TSchema> | Response> {
  const type = c.req.header('content-type') ?? '';
  if (!/^application\/json\b/iu.test(type)) {
    return c.json(invalid(`The content type must be application/json, got '${type}'`), 415);
  }
  const value: unknown = await c.req.json().catch(() => undefined);
  if (value === undefined) return c.json(invalid('The body must be JSON.'), 400);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const param = first?.code === 'unrecognized_keys' ? first.keys[0] : first?.path.map(String).join('.');
  return c.json(invalid(describeIssues(schema, parsed.error.issues, value).join(' '), param), 400);
}

function invalid(message: string, param?: string) {
  return { error: { message, type: 'invalid_request_error', param: param ?? null, code: null } };
}

/** What the shape of the answer has no room for. */
function headersOf({ outcome, tokens, sequence, retention }: CompactResult<object>): Record<string, string> {
  return {
    'clew-outcome': outcome,
    'clew-sequence': String(sequence),
    'clew-tokens-before': String(tokens.before),
    'clew-tokens-after': String(tokens.after),
    ...(retention === undefined ? {} : { 'clew-retention': retention.score.toFixed(4) }),
  };
}

/** Of the compaction: what models were asked for. The engine alone asks none. */
function usageOf({ summarizer }: CompactResult<object>) {
  const { inputTokens = 0, cachedInputTokens = 0, outputTokens = 0 } = summarizer ?? {};
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cachedInputTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}
