import { describe } from 'vitest';
import { describeTraceSource, type TraceSourceUnderTest } from '../../testing/describe-trace-source.ts';
import { sendOtlp } from '../../testing/send-otlp.ts';
import { startTempoDouble } from '../../testing/tempo-double.ts';
import { readApiAddress } from '../address.ts';
import type { SourceSpan } from '../trace-source.ts';
import { createTempoSource } from './tempo-source.ts';

function underTest(url: string, otlpUrl: string): TraceSourceUnderTest {
  const address = readApiAddress(new URL(`tempo+${url}?traces=1000`), 'tempo+http://host:3200');
  return {
    source: createTempoSource({ address, pollMillis: 50, now: Date.now }),
    write: (spans) => sendOtlp(otlpUrl, spans),
  };
}

/** A real one finds what it has taken by a search only after some seconds. */
async function untilFound(url: string, spans: readonly SourceSpan[]): Promise<void> {
  const last = new Map(spans.map((span) => [span.traceId, span.id]));
  const now = Math.ceil(Date.now() / 1000);
  for (const id of last.values()) {
    const query = new URLSearchParams({
      q: `{ span:id = "${id}" }`,
      start: `${now - 3600}`,
      end: `${now + 60}`,
    });
    for (let found = false; !found; await new Promise((done) => setTimeout(done, 500))) {
      const response = await fetch(`${url}/api/search?${query.toString()}`);
      found = (await response.text()).includes('traceID');
    }
  }
}

describeTraceSource('Tempo, its double', async () => {
  const { url, close } = await startTempoDouble();
  return { ...underTest(url, `${url}/v1/traces`), close };
});

/** A real Tempo: `TEMPO_URL` is its query frontend, `TEMPO_OTLP_URL` where it takes OTLP in JSON. */
const { TEMPO_URL: realUrl = '', TEMPO_OTLP_URL: realOtlpUrl = '' } = process.env;

describe.skipIf(realUrl === '' || realOtlpUrl === '')('a real Tempo (TEMPO_URL and TEMPO_OTLP_URL)', () => {
  describeTraceSource(
    'Tempo',
    () => {
      const tested = underTest(realUrl, realOtlpUrl);
      const write = async (spans: readonly SourceSpan[]): Promise<void> => {
        await tested.write(spans);
        await untilFound(realUrl, spans);
      };
      return Promise.resolve({ ...tested, write });
    },
    { timeoutMillis: 120_000 },
  );
});
