import { Hono } from 'hono';
import type { z } from 'zod';
import { parseIngest } from '../ariadne/ariadne-events.ts';
import { decodeText } from '../decode-text.ts';
import { fromAriadne } from '../ariadne/from-ariadne.ts';
import type { ErrorBody } from '../wire.ts';
import type { HostContext, HostEnv } from './context.ts';

/** Ariadne's limit on a body, in bytes. It holds here for bodies of undeclared length too. */
const MAX_INGEST_BYTES = 256 * 1024;

const EXPECTED = 'one event of type "trace" or "span", or {"batch": [event, …]}';

/** `POST /ingest`, with Ariadne's answers. */
export function ingestRoute({ intake, bodies }: HostContext): Hono<HostEnv> {
  return new Hono<HostEnv>().post('/ingest', async (c) => {
    const refuse = (status: 400 | 413 | 500 | 503, body: ErrorBody) => c.json(body, status);

    const body = await bodies.read(c.env.incoming, MAX_INGEST_BYTES);
    if (body.outcome === 'too_large') return refuse(413, tooLarge(body.size));
    if (body.outcome !== 'read') return refuse(503, unavailable(body.outcome));
    const json = parseJson(body.bytes);
    // Ariadne answers 500 to what is not JSON, and senders are written for that.
    if (json === undefined) return refuse(500, notJson);
    const events = parseIngest(json.value);
    if (!events.success) return refuse(400, invalid(events.error));
    const stored = await intake.take(events.data.map(fromAriadne));
    if (stored.outcome === 'unavailable') return refuse(503, unavailable(stored.reason));
    return c.json({ success: true, count: events.data.length });
  });
}

function parseJson(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(decodeText(bytes)) };
  } catch {
    return undefined;
  }
}

const notJson: ErrorBody = {
  error: 'Internal server error',
  message: 'The body is not JSON.',
  expected: `${EXPECTED}, as uncompressed JSON`,
};

function tooLarge(size: number): ErrorBody {
  return {
    error: 'Payload too large',
    message: `Request size ${size} bytes exceeds maximum of ${MAX_INGEST_BYTES} bytes`,
    expected: `at most ${MAX_INGEST_BYTES} bytes; split the batch`,
  };
}

function invalid({ issues }: z.ZodError): ErrorBody {
  const details = issues.map(({ path, message }) => ({ path: path.map(toKey), message }));
  return { error: 'Validation failed', expected: EXPECTED, details };
}

function toKey(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? String(part) : part;
}

function unavailable(reason: string): ErrorBody {
  return {
    error: 'The store cannot be written now',
    message: `${reason}. Nothing was stored; send it again later.`,
  };
}
