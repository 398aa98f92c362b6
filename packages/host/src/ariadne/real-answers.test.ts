import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createHost } from '../host.ts';
import { realAnswers, type RealAnswer } from './real-answers.fixture.ts';

/** With the address of a real Ariadne here, the facts themselves are held to it: `http://127.0.0.1:5175`. */
const real = process.env['ARIADNE_URL'];

async function ask(url: string, { body, headers = {}, isChunked = false }: RealAnswer): Promise<Answer> {
  const bytes = body instanceof Uint8Array ? body : typeof body === 'string' ? body : JSON.stringify(body);
  const blob = new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]);
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: isChunked ? blob.stream() : await blob.arrayBuffer(),
    duplex: 'half',
  };
  const response = await fetch(`${url}/ingest`, init);
  const answer = z.record(z.string(), z.unknown()).parse(await response.json());
  return { status: response.status, keys: Object.keys(answer).toSorted(), count: answer['count'] };
}

type Answer = { readonly status: number; readonly keys: readonly string[]; readonly count: unknown };

describe('what the real Ariadne answers, the host answers', () => {
  it.each(realAnswers.map((fact) => [fact.what, fact] as const))('%s', async (_, fact) => {
    const host = await createHost({ port: 0 });
    try {
      const answer = await ask(host.url, fact);
      expect(answer.status).toBe(fact.ours?.status ?? fact.status);
      if (fact.ours === undefined) {
        // What to do about it is said beside what Ariadne says.
        expect(answer.keys).toEqual(expect.arrayContaining([...fact.keys]));
        expect(answer.count).toBe(fact.count);
      }
    } finally {
      await host.close();
    }
  });
});

describe.skipIf(real === undefined)('the facts are what the real Ariadne answers', () => {
  it.each(realAnswers.map((fact) => [fact.what, fact] as const))('%s', async (_, fact) => {
    const { status, keys, count } = await ask(real ?? '', fact);
    expect({ status, keys, count }).toEqual({ status: fact.status, keys: fact.keys, count: fact.count });
  });
});
