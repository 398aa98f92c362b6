import { describe, expect, test } from 'vitest';
import type { Counter } from './counter.ts';
import type { Dialect } from './dialect.ts';
import { agents } from './dialects/agents-dialect.ts';
import { anthropic } from './dialects/anthropic-dialect.ts';
import { chat } from './dialects/chat-dialect.ts';
import { responses } from './dialects/responses-dialect.ts';
import { CompactManager } from './manager.ts';
import type { CompactPolicyInput } from './policy.ts';
import { brokenLaws } from './testing/laws.ts';
import type { Validity } from './validity/validity.ts';

const counter: Counter = { name: 'quarter', basis: 'estimate', count: (text) => Math.ceil(text.length / 4) };

/** A PNG's header: 1,000 pixels wide and 800 high. */
const picture = btoa(
  String.fromCharCode(0x89, ...new TextEncoder().encode('PNG\r\n'), 0x1a, 0x0a) +
    `\0\0\0\rIHDR\0\0${String.fromCharCode(0x03, 0xe8)}\0\0${String.fromCharCode(0x03, 0x20)}${'x'.repeat(90)}`,
);
const url = `data:image/png;base64,${picture}`;
const code = 'const x = 1;\n'.repeat(60);

type Format = {
  readonly dialect: Dialect<object> & Validity<object>;
  readonly ask: (text: string) => object;
  readonly show: (text: string) => object;
  /** The model writes a file, and the tool answers in a word. */
  readonly write: (id: string) => readonly object[];
  readonly say: (text: string) => object;
};

const formats: Readonly<Record<string, Format>> = {
  agents: {
    dialect: agents,
    ask: (content) => ({ type: 'message', role: 'user', content }),
    show: (text) => ({
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text },
        { type: 'input_image', image: url },
      ],
    }),
    write: (id) => [
      { type: 'function_call', callId: id, name: 'write', arguments: JSON.stringify({ path: 'a.ts', code }) },
      { type: 'function_call_result', callId: id, name: 'write', status: 'completed', output: 'ok' },
    ],
    say: (text) => ({
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text }],
    }),
  },
  responses: {
    dialect: responses,
    ask: (content) => ({ role: 'user', content }),
    show: (text) => ({
      role: 'user',
      content: [
        { type: 'input_text', text },
        { type: 'input_image', image_url: url, detail: 'high' },
      ],
    }),
    write: (id) => [
      {
        type: 'apply_patch_call',
        call_id: id,
        status: 'completed',
        operation: { type: 'update_file', path: 'a.ts', diff: code },
      },
      { type: 'apply_patch_call_output', call_id: id, status: 'completed', output: 'ok' },
    ],
    say: (content) => ({ role: 'assistant', content }),
  },
  chat: {
    dialect: chat,
    ask: (content) => ({ role: 'user', content }),
    show: (text) => ({
      role: 'user',
      content: [
        { type: 'text', text },
        { type: 'image_url', image_url: { url } },
      ],
    }),
    write: (id) => [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id,
            type: 'function',
            function: { name: 'write', arguments: JSON.stringify({ path: 'a.ts', code }) },
          },
        ],
      },
      { role: 'tool', tool_call_id: id, content: 'ok' },
    ],
    say: (content) => ({ role: 'assistant', content }),
  },
  anthropic: {
    dialect: anthropic,
    ask: (content) => ({ role: 'user', content }),
    show: (text) => ({
      role: 'user',
      content: [
        { type: 'text', text },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: picture } },
      ],
    }),
    write: (id) => [
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 's' },
          { type: 'tool_use', id, name: 'write', input: { path: 'a.ts', code } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'ok' }] },
    ],
    say: (content) => ({ role: 'assistant', content }),
  },
};

function compactBy(dialect: Dialect<object>, items: readonly object[], policy: CompactPolicyInput) {
  const manager = new CompactManager<object>({
    model: 'gpt-4o',
    maxContextTokens: 4000,
    dialect,
    counter,
    now: () => 0,
    policy: {
      hardCapBuffer: 0,
      triggerPct: 0.5,
      targetPct: 0.1,
      keepRecentTurns: 1,
      keepToolIoPairs: 1,
      ...policy,
    },
  });
  return manager.preflight({ sessionId: 's', items });
}

describe.each(Object.entries(formats))('a history of %s', (_name, { dialect, ask, show, write, say }) => {
  const shown = [
    show('What is here?'),
    say('A cat.'),
    show('And here?'),
    say('A dog.'),
    show('And now?'),
    say('A cow.'),
  ];

  test('weighs a picture by its size, as the model’s provider does', async () => {
    const view = dialect.inspect(show('What is here?'));
    expect(view.media).toMatchObject([{ kind: 'image', width: 1000, height: 800, mediaType: 'image/png' }]);
    const result = await compactBy(dialect, [show('What is here?')], { triggerPct: 0.9 });
    // 1,000 x 800 is scaled to 960 x 768: four tiles.
    expect(result.tokens.before).toBe(Math.ceil('What is here?'.length / 4) + 4 + 85 + 4 * 170);
  });

  test('loses its old pictures to notes, and keeps the words beside them and the newest picture', async () => {
    const result = await compactBy(dialect, shown, { ladder: ['clear'] });
    expect(result.outcome).toBe('pruned_only');
    const views = result.items.map((item) => dialect.inspect(item));
    const note = '[cleared to save context: a picture of 1000 x 800 pixels]';
    expect(views.map(({ text, mediaCount }) => [text, mediaCount])).toEqual([
      [`What is here?\n${note}`, 0],
      ['A cat.', 0],
      [`And here?\n${note}`, 0],
      ['A dog.', 0],
      ['And now?', 1],
      ['A cow.', 0],
    ]);
    expect(result.met.map(({ fate, reason }) => [fate, reason]).slice(0, 3)).toEqual([
      ['cleared', 'old_media'],
      ['kept', undefined],
      ['cleared', 'old_media'],
    ]);
    expect(brokenLaws(result)).toEqual([]);
    expect(dialect.validate(result.items)).toEqual([]);
    expect(result.tokens.after).toBeLessThan(result.tokens.before - 1400);
  });

  test('keeps every picture where the policy says so', async () => {
    const result = await compactBy(dialect, shown, { ladder: ['clear'], clearMedia: false });
    expect(result.items).toEqual(shown);
  });

  test('loses the arguments of its old calls where the policy says so, and no id or name', async () => {
    const items = [
      ask('Write.'),
      ...['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'].flatMap(write),
      say('Done.'),
      ask('More.'),
    ];
    const result = await compactBy(dialect, items, {
      ladder: ['clear'],
      clearToolInputs: true,
      triggerPct: 0.4,
    });
    expect(result.outcome).toBe('pruned_only');
    expect(brokenLaws(result)).toEqual([]);
    expect(dialect.validate(result.items)).toEqual([]);
    const calls = result.items.filter((item) => dialect.inspect(item).kind === 'call');
    expect(calls.map((item) => JSON.stringify(item).includes('const x'))).toEqual([
      ...Array.from({ length: 8 }, () => false),
      true,
    ]);
    const before = items.map((item) => dialect.inspect(item));
    const ties = ({ calls: opened, answers, tool }: (typeof before)[number]) => [opened, answers, tool];
    expect(result.items.map((item) => ties(dialect.inspect(item)))).toEqual(before.map(ties));
    const cleared = result.met.filter(({ reason }) => reason === 'old_tool_input');
    expect(cleared.map(({ fate, kind }) => [fate, kind])).toEqual(cleared.map(() => ['cleared', 'call']));
    expect(cleared).toHaveLength(8);
    // The thinking before a call is signed.
    if (dialect.name === 'anthropic') expect(JSON.stringify(result.items)).toContain('"signature":"s"');
  });

  test('keeps the arguments of its calls otherwise', async () => {
    const items = [ask('Write.'), ...['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7'].flatMap(write), ask('More.')];
    const result = await compactBy(dialect, items, { ladder: ['clear'], triggerPct: 0.2 });
    expect(result.items).toEqual(items);
  });
});

test('a picture whose size is known is no less certain than text; one behind a URL is a guess, and says so', async () => {
  const text = { role: 'user', content: 'What is here?' };
  const imageAt = (image_url: string) => ({ role: 'user', content: [{ type: 'input_image', image_url }] });
  const uncertaintyOf = async (item: object) =>
    (await compactBy(responses, [item], { triggerPct: 0.9 })).calibration?.uncertainty ?? 0;
  expect(await uncertaintyOf(imageAt(url))).toBe(await uncertaintyOf(text));
  expect(await uncertaintyOf(imageAt('https://example.org/a.png'))).toBe(1);
});

test('a screenshot becomes a blank one, since its place takes nothing else', () => {
  const call = { type: 'computer_call', id: 'cu', call_id: 'c', action: { type: 'screenshot' } };
  const shot = {
    type: 'computer_call_output',
    call_id: 'c',
    output: { type: 'computer_screenshot', image_url: url },
  };
  const cleared = responses.clearMedia?.(shot) ?? shot;
  expect(responses.inspect(cleared)).toMatchObject({ answers: ['c'], media: [{ width: 1, height: 1 }] });
  expect(responses.validate([call, cleared])).toEqual([]);
  const given = {
    type: 'computer_call_result',
    callId: 'c',
    output: { type: 'computer_screenshot', data: url },
  };
  expect(agents.inspect(agents.clearMedia?.(given) ?? given)).toMatchObject({
    media: [{ width: 1, height: 1 }],
  });
});

test('a mark for the cache stays where a picture was, and a document that is text stays as it is', () => {
  const cache_control = { type: 'ephemeral' };
  const source = { type: 'base64', media_type: 'application/pdf', data: picture };
  const message = { role: 'user', content: [{ type: 'document', title: 'Report', source, cache_control }] };
  expect(anthropic.clearMedia?.(message)).toEqual({
    role: 'user',
    content: [{ type: 'text', text: '[cleared to save context: a file, Report]', cache_control }],
  });
  const plain = {
    role: 'user',
    content: [{ type: 'document', source: { type: 'text', data: 'All of it.' } }],
  };
  expect(anthropic.inspect(plain)).toMatchObject({ text: 'All of it.', mediaCount: 0 });
  expect(anthropic.clearMedia?.(plain)).toBe(plain);
});

test('encrypted reasoning weighs by its length', async () => {
  const reasoning = { type: 'reasoning', id: 'rs', summary: [], encrypted_content: 'A'.repeat(8000) };
  expect(responses.inspect(reasoning)).toMatchObject({ text: '', sealedTokens: 1338 });
  expect(agents.inspect({ type: 'reasoning', content: [], providerData: reasoning })).toMatchObject({
    sealedTokens: 1338,
  });
  const { tokens } = await compactBy(responses, [reasoning, { role: 'assistant', content: 'x' }], {
    triggerPct: 0.9,
  });
  expect(tokens.before).toBe(4 + 1338 + 5);
});
