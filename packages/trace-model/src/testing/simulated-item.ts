import type { LedgerRow } from '@clew/semconv';
import type { Random } from './random.ts';

/** An item of the simulated context: a ledger row before any fate. */
export type SimulatedItem = Pick<
  LedgerRow,
  'index' | 'id' | 'role' | 'kind' | 'category' | 'tokens' | 'tool' | 'pair' | 'preview'
>;

type Draft = Omit<SimulatedItem, 'index' | 'id'>;

const asks = [
  'The checkout test is flaky on CI. Find out why, and fix it without touching the public API.',
  'Good. Now make the retry honour Retry-After, and never wait longer than 30 s.',
  'Please also add a test for two orders at the same moment.',
  'The migration must stay reversible. Check what happens on a rollback.',
  'Can you write the change up for the release notes?',
] as const;
const rules = 'Never push to main, keep Node 20 working, and ask before adding a dependency.';
const thoughts = [
  'The timeout fires before the lock is released; look at how the queue drains.',
  'Two writers race here. A unique index would turn the race into an error that can be retried.',
  'The helper swallows the error. Check who else depends on that.',
] as const;
const tools = [
  {
    tool: 'read_file',
    call: '{"path":"src/checkout/order-queue.ts"}',
    result: 'export class OrderQueue {',
    from: 1_400,
    to: 16_000,
  },
  {
    tool: 'grep',
    call: '{"pattern":"retryAfter"}',
    result: 'src/http/client.ts:88: const retryAfter =',
    from: 250,
    to: 3_800,
  },
  {
    tool: 'run_tests',
    call: '{"filter":"checkout"}',
    result: 'FAIL test/checkout.test.ts > two orders',
    from: 600,
    to: 9_400,
  },
  {
    tool: 'edit_file',
    call: '{"path":"src/http/client.ts","edits":2}',
    result: 'Applied 2 edits.',
    from: 60,
    to: 320,
  },
] as const;

/** What a coding agent's context grows by, turn for turn and call for call. */
export type ItemScript = {
  readonly opening: () => readonly SimulatedItem[];
  readonly ask: (turn: number) => SimulatedItem;
  readonly step: () => readonly SimulatedItem[];
  readonly answer: () => SimulatedItem;
};

export function createItemScript(random: Random): ItemScript {
  let index = -1;
  const add = (draft: Draft): SimulatedItem => {
    index += 1;
    return { index, id: random.hex(12), ...draft };
  };
  const message = (
    role: string,
    category: Draft['category'],
    tokens: number,
    preview: string,
  ): SimulatedItem => add({ role, kind: 'message', category, tokens, preview });

  return {
    opening: () => [message('user', 'protected', 46, rules)],
    ask: (turn) => message('user', 'user', random.between(24, 190), asks[turn % asks.length] ?? asks[0]),
    answer: () =>
      message(
        'assistant',
        'assistant',
        random.between(180, 900),
        'Done: the queue now drains before the lock is released.',
      ),
    step() {
      const { tool, call, result, from, to } = random.pick(tools);
      const pair = `call_${random.hex(10)}`;
      const size = Math.round(from + (to - from) * random.next() ** 2);
      return [
        add({
          role: 'assistant',
          kind: 'reasoning',
          category: 'reasoning',
          tokens: random.between(60, 640),
          preview: random.pick(thoughts),
        }),
        add({
          role: 'assistant',
          kind: 'call',
          category: 'tool_calls',
          tokens: random.between(28, 150),
          tool,
          pair,
          preview: call,
        }),
        add({
          role: 'tool',
          kind: 'result',
          category: 'tool_results',
          tokens: size,
          tool,
          pair,
          preview: result,
        }),
      ];
    },
  };
}
