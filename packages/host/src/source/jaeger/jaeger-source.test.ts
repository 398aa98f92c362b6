import { describe } from 'vitest';
import { describeTraceSource, type TraceSourceUnderTest } from '../../testing/describe-trace-source.ts';
import { startJaegerDouble } from '../../testing/jaeger-double.ts';
import { sendOtlp } from '../../testing/send-otlp.ts';
import { readApiAddress } from '../address.ts';
import { createJaegerSource } from './jaeger-source.ts';

function underTest(url: string, otlpUrl: string, delayMillis: number): TraceSourceUnderTest {
  const address = readApiAddress(new URL(`jaeger+${url}?traces=5000`), 'jaeger+http://host:16686');
  return {
    source: createJaegerSource({ address, pollMillis: 50, now: Date.now }),
    write: async (spans) => {
      await sendOtlp(otlpUrl, spans);
      // A real one answers before everything is in its store.
      await new Promise((done) => setTimeout(done, delayMillis));
    },
  };
}

describe.each([true, false])('Jaeger, its double, with search by attributes: %s', (hasAttributeSearch) => {
  describeTraceSource('Jaeger', async () => {
    const { url, close } = await startJaegerDouble({ hasAttributeSearch });
    return { ...underTest(url, `${url}/v1/traces`, 0), close };
  });
});

/** A real Jaeger: `JAEGER_URL` is its query service, `JAEGER_OTLP_URL` where it takes OTLP in JSON. */
const { JAEGER_URL: url = '', JAEGER_OTLP_URL: otlpUrl = '' } = process.env;

describe.skipIf(url === '' || otlpUrl === '')('a real Jaeger (JAEGER_URL and JAEGER_OTLP_URL)', () => {
  describeTraceSource('Jaeger', () => Promise.resolve(underTest(url, otlpUrl, 250)));
});
