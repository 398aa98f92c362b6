import { Hono } from 'hono';
import { fromAriadne } from '../ariadne/from-ariadne.ts';
import { countEvents, parseIngest, type IngestReading } from '../ariadne/parse-ingest.ts';
import { parseJson } from '../parse-json.ts';
import type { ErrorBody } from '../wire.ts';
import type { HostContext, HostEnv } from './context.ts';

/** Ariadne's limit on a body, in bytes. It holds here for bodies of undeclared length too. */
const MAX_INGEST_BYTES = 256 * 1024;

const EXPECTED = 'one event of type "trace" or "span", or {"batch": [event, …]}';

/**
 * `POST /ingest`, with Ariadne's answers. With `Prefer: handling=lenient` a bad event is rejected by itself: the others
 * are stored, and the answer lists under `rejected` the index of each bad one and why.
 */
export function ingestRoute({ intake, bodies, limits }: HostContext): Hono<HostEnv> {
  return new Hono<HostEnv>().post('/ingest', async (c) => {
    const refuse = (status: 400 | 413 | 500 | 503, body: ErrorBody) => c.json(body, status);
    const lenient = isLenient(c.req.header('prefer'));

    const body = await bodies.read(c.env.incoming, MAX_INGEST_BYTES);
    if (body.outcome === 'too_large') return refuse(413, tooLarge(body.size));
    if (body.outcome !== 'read') return refuse(503, unavailable(busy));
    const json = parseJson(body.bytes);
    // Ariadne answers 500 to what is not JSON, and senders are written for that.
    if (json === undefined) return refuse(lenient ? 400 : 500, notJson(lenient));
    if (countEvents(json.value) > limits.events) return refuse(413, tooMany(limits.events));
    const reading = parseIngest(json.value, { lenient });
    if (reading.outcome === 'refused') return refuse(400, invalid(reading));
    const { events, rejected } = reading;
    const stored = await intake.take(events.map(fromAriadne));
    if (stored.outcome === 'unavailable') return refuse(503, unavailable(stored.reason));
    intake.refuse(rejected.length);
    if (!lenient) return c.json({ success: true, count: events.length });
    c.header('Preference-Applied', 'handling=lenient');
    return c.json({ success: true, count: events.length, rejected });
  });
}

/** Whether RFC 7240's preference is among those of the header. */
function isLenient(prefer: string | undefined): boolean {
  return prefer?.split(/[,;]/).some((part) => /^handling\s*=\s*"?lenient"?$/i.test(part.trim())) === true;
}

function notJson(lenient: boolean): ErrorBody {
  return {
    error: lenient ? 'Validation failed' : 'Internal server error',
    message: 'The body is not JSON.',
    expected: `${EXPECTED}, as uncompressed JSON`,
  };
}

function tooLarge(size: number): ErrorBody {
  return {
    error: 'Payload too large',
    message: `Request size ${size} bytes exceeds maximum of ${MAX_INGEST_BYTES} bytes`,
    expected: `at most ${MAX_INGEST_BYTES} bytes; split the batch`,
  };
}

function tooMany(limit: number): ErrorBody {
  return { error: 'Payload too large', expected: `at most ${limit} events (limits.events); split the batch` };
}

function invalid({ details }: Extract<IngestReading, { outcome: 'refused' }>): ErrorBody {
  return { error: 'Validation failed', expected: EXPECTED, details };
}

const busy = 'As many bodies as the host may hold (limits.heldBytes) are being received';

function unavailable(reason: string): ErrorBody {
  return {
    error: 'The store cannot be written now',
    message: `${reason}. Please send it again later; what comes twice is stored once.`,
  };
}
