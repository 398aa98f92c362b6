import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from '../counter.ts';
import { chat } from '../dialects/chat-dialect.ts';
import { CompactError } from '../errors.ts';
import { CompactManager } from '../manager.ts';
import { MemorySessionStore } from '../memory-session-store.ts';
import { conversation } from '../testing/conversation.ts';
import type { ChatItem } from '../testing/conversation.ts';
import { brokenLaws } from '../testing/laws.ts';
import { RecordingObserver } from '../testing/recording-observer.ts';
import { recoverFromOverflow } from './recover-from-overflow.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };

/** A provider with a window of its own, which counts otherwise than we do, and the words of its refusals. */
class Provider {
  readonly sent: number[] = [];
  readonly #limit: number;
  readonly #factor: number;
  readonly #words: (tokens: number, limit: number) => string;

  constructor(limit: number, factor: number, words: (tokens: number, limit: number) => string) {
    this.#limit = limit;
    this.#factor = factor;
    this.#words = words;
  }

  readonly answer = async (items: readonly object[]): Promise<number> => {
    const tokens = Math.ceil((JSON.stringify(items).length / 4) * this.#factor);
    this.sent.push(tokens);
    if (tokens > this.#limit)
      throw Object.assign(new Error(this.#words(tokens, this.#limit)), { status: 400 });
    return tokens;
  };
}

const words = {
  both: (tokens: number, limit: number) => `prompt is too long: ${tokens} tokens > ${limit} maximum`,
  limit: (_: number, limit: number) => `This endpoint's maximum context length is ${limit} tokens.`,
  nothing: () => 'Your input exceeds the context window of this model.',
};

const talk = (turns: number, output = 400): readonly ChatItem[] =>
  conversation(
    Array.from({ length: turns }, (_, index) => ({
      user: `question ${index} `.repeat(20),
      calls: [{ tool: 'read', output: `line ${index} `.repeat(output) }],
      answer: `answer ${index} `.repeat(20),
    })),
    'You are a test.',
  ).slice(0, -1);

function setUp(maxContextTokens: number, observer?: RecordingObserver) {
  const store = new MemorySessionStore();
  const manager = new CompactManager<object>({
    model: 'test',
    maxContextTokens,
    dialect: chat,
    counter,
    store,
    observer,
    now: () => 0,
  });
  const call = async (items: readonly object[], provider: Provider, signal?: AbortSignal) => {
    const request = { sessionId: 's', items, signal };
    const prepared = await manager.preflight(request);
    return recoverFromOverflow({ manager, request, items: prepared.items, send: provider.answer });
  };
  return { manager, call };
}

describe('where the window is smaller than we were told', () => {
  it.each(Object.entries(words))(
    'sends what fits, and goes on to, when the refusal tells %s',
    async (_, say) => {
      const observer = new RecordingObserver();
      const { call } = setUp(100_000, observer);
      const provider = new Provider(16_000, 1.3, say);
      const refusals: number[] = [];
      for (let turns = 12; turns <= 60; turns += 1) {
        const before = provider.sent.length;
        await call(talk(turns), provider);
        refusals.push(provider.sent.length - before - 1);
      }
      expect(Math.max(...refusals)).toBeLessThanOrEqual(3);
      // It has learned: what was refused once is not tried again and again.
      expect(refusals.filter((count) => count > 0).length).toBeLessThanOrEqual(2);
      const runs = observer.runs.filter(({ start }) => start.trigger === 'overflow');
      expect(runs.length).toBeGreaterThan(0);
      for (const { result } of runs) {
        expect(result).toMatchObject({ phase: 'overflow', overflow: { attempt: expect.any(Number) } });
        expect(brokenLaws(result as NonNullable<typeof result>)).toEqual([]);
        expect(result?.window.limitTokens).toBeLessThan(100_000);
      }
    },
  );

  it('recovers over random windows, counts and wordings whenever what must stay fits', async () => {
    const any = fc.record({
      limit: fc.integer({ min: 3000, max: 30_000 }),
      factor: fc.double({ min: 0.8, max: 2.5, noNaN: true }),
      say: fc.constantFrom(...Object.values(words)),
      turns: fc.integer({ min: 3, max: 40 }),
      output: fc.integer({ min: 1, max: 3000 }),
    });
    await fc.assert(
      fc.asyncProperty(any, async ({ limit, factor, say, turns, output }) => {
        const items = talk(turns, output);
        // Each blind attempt aims for a quarter of the last: that reaches far, but not from any size.
        fc.pre(say !== words.nothing || (JSON.stringify(items).length / 4) * factor < 10 * limit);
        const { call } = setUp(200_000);
        const provider = new Provider(limit, factor, say);
        await call(items, provider);
        expect(provider.sent.length).toBeLessThanOrEqual(4);
        for (const [index, tokens] of provider.sent.entries()) {
          if (index > 0) expect(tokens).toBeLessThan(provider.sent[index - 1] ?? 0);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('where nothing helps', () => {
  const huge: readonly ChatItem[] = [{ role: 'user', content: 'x'.repeat(100_000) }];

  it("the provider's own error comes back, with what was tried as its cause", async () => {
    const { call } = setUp(200_000);
    const error = Object.assign(new Error('Your input exceeds the context window of this model.'), {
      status: 400,
      code: 'context_length_exceeded',
    });
    const provider = new Provider(100, 1, () => '');
    const send = async () => {
      throw error;
    };
    const { manager } = setUp(200_000);
    const request = { sessionId: 's', items: huge };
    const caught: unknown = await recoverFromOverflow({ manager, request, items: huge, send }).catch(
      (reason: unknown) => reason,
    );
    expect(caught).toBe(error);
    expect(CompactError.isInstance(error.cause)).toBe(true);
    expect(error.cause).toMatchObject({
      code: 'overflow_unrecovered',
      details: { tried: expect.any(Array) },
    });
    expect((error.cause as CompactError).message).toContain('trim_tool_results');
    expect(Object.keys(error)).toEqual(['status', 'code']);
    await expect(call(huge, provider)).rejects.toThrow('');
    expect(provider.sent.length).toBe(1);
  });

  it('a frozen error, or one that is no error, comes back as it is', async () => {
    const { manager } = setUp(200_000);
    for (const error of [Object.freeze(new Error('prompt is too long')), 'prompt is too long']) {
      const send = async () => {
        throw error;
      };
      const request = { sessionId: 's', items: huge };
      await expect(recoverFromOverflow({ manager, request, items: huge, send })).rejects.toBe(error);
    }
  });

  it('does not try where the room for the answer alone fills the window', async () => {
    const observer = new RecordingObserver();
    const { call } = setUp(200_000, observer);
    const provider = new Provider(
      1000,
      1,
      (tokens) =>
        `'max_tokens' is too large: 1000. This model's maximum context length is 1000 tokens and your request has ${tokens} input tokens`,
    );
    await expect(call(talk(10), provider)).rejects.toThrow('is too large: 1000');
    expect(provider.sent).toHaveLength(1);
    expect(observer.runs).toHaveLength(1);
  });
});

it('lets every other error through at once, also one that comes after a recovery', async () => {
  const { manager } = setUp(200_000);
  const items = talk(20);
  const request = { sessionId: 's', items };
  const limited = Object.assign(new Error('Rate limit reached on tokens per min (TPM)'), { status: 429 });
  const answers: Error[] = [new Error('prompt is too long'), limited];
  const send = async () => {
    throw answers.shift() ?? new Error('not planned');
  };
  await expect(recoverFromOverflow({ manager, request, items, send })).rejects.toBe(limited);
  expect(limited.cause).toBeUndefined();
  expect(answers).toEqual([]);
});

it('stops when the caller aborts', async () => {
  const { call } = setUp(200_000);
  const abort = new AbortController();
  const provider = new Provider(10, 1, () => {
    abort.abort();
    return 'prompt is too long';
  });
  await expect(call(talk(20), provider, abort.signal)).rejects.toThrow('prompt is too long');
  expect(provider.sent).toHaveLength(1);
});
