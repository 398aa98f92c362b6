import * as fc from 'fast-check';

/** One answer of the model: what it thought and said, and its parallel calls by the length of their outputs. */
type Answer = {
  readonly isReasoned: boolean;
  readonly isSpoken: boolean;
  readonly hasPicture: boolean;
  readonly isReversed: boolean;
  readonly isApproved: boolean;
  readonly outputs: readonly number[];
};
type Turn = {
  readonly ask: number;
  readonly answers: readonly Answer[];
  readonly final: number;
  readonly isOdd: boolean;
};

/** A valid history in parts: after each part but the answers, the model is called. */
export type History = readonly (readonly object[])[];

const turn: fc.Arbitrary<Turn> = fc.record({
  ask: fc.integer({ min: 5, max: 400 }),
  answers: fc.array(
    fc.record({
      isReasoned: fc.boolean(),
      isSpoken: fc.boolean(),
      hasPicture: fc.boolean(),
      isReversed: fc.boolean(),
      isApproved: fc.boolean(),
      outputs: fc.array(fc.integer({ min: 10, max: 3000 }), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 5 },
  ),
  final: fc.integer({ min: 5, max: 600 }),
  isOdd: fc.boolean(),
});

/** How a provider's format writes each part of a turn. */
export type Writer = {
  readonly ask: (text: string) => object;
  /** The same with a picture. */
  readonly show: (text: string) => object;
  readonly call: (answer: Answer, ids: readonly string[]) => readonly object[];
  readonly results: (answer: Answer, ids: readonly string[]) => readonly object[];
  readonly say: (text: string, number: number) => readonly object[];
  /** An item of a type that nobody knows. */
  readonly odd: (number: number) => object;
  /** A program, the calls that it makes and its output, where the format has such a thing. */
  readonly program?: (id: string, ids: readonly string[]) => readonly object[];
  readonly system?: (text: string) => object;
};

/** The tool that a call is of, and what it is called with, told by the call's id. */
const toolOf = (id: string) => ['read', 'run', 'grep'][Number(id.replace(/\D/gu, '')) % 3] ?? 'read';
const inputOf = (id: string) => JSON.stringify({ path: `${'ab'[id.length % 2]}.ts` });

/** Random valid histories as the writer's provider takes them. */
function historiesOf(writer: Writer): fc.Arbitrary<History> {
  return fc.array(turn, { minLength: 1, maxLength: 9 }).map((turns) => {
    let number = 0;
    return turns.flatMap(({ ask, answers, final, isOdd }) => {
      const parts = answers.flatMap((answer) => {
        const ids = answer.outputs.map(() => `call_${(number += 1)}`);
        return [writer.call(answer, ids), writer.results(answer, ids)];
      });
      number += 1;
      const odd = isOdd ? [writer.odd(number)] : [];
      return [
        [...odd, writer.ask(`ask ${number} ${'x'.repeat(ask)}`)],
        ...parts,
        writer.say('said '.repeat(final / 5), number),
      ];
    });
  });
}

const output = (length = 10) => 'out '.repeat(Math.ceil(length / 4));
const ordered = <TItem>(isReversed: boolean, items: readonly TItem[]) =>
  isReversed ? items.toReversed() : items;

const chat: Writer = {
  system: (content) => ({ role: 'system', content }),
  ask: (content) => ({ role: 'user', content }),
  show: (text) => ({
    role: 'user',
    content: [
      { type: 'text', text },
      { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
    ],
  }),
  call: ({ isSpoken }, ids) => [
    {
      role: 'assistant',
      content: isSpoken ? 'Let me look.' : null,
      tool_calls: ids.map((id) => ({
        id,
        type: 'function',
        function: { name: toolOf(id), arguments: inputOf(id) },
      })),
    },
  ],
  results: ({ outputs, isReversed }, ids) =>
    ordered(
      isReversed,
      ids.map((id, index) => ({ role: 'tool', tool_call_id: id, content: output(outputs[index]) })),
    ),
  say: (content) => [{ role: 'assistant', content }],
  odd: (number) => ({ role: 'critic', content: `Hm ${number}.` }),
};

const anthropic: Writer = {
  ask: (text) => ({ role: 'user', content: [{ type: 'text', text }] }),
  show: (text) => ({
    role: 'user',
    content: [
      { type: 'document', source: { type: 'url', url: 'https://a.example/b.pdf' } },
      { type: 'text', text },
    ],
  }),
  call: ({ isReasoned, isSpoken }, ids) => [
    {
      role: 'assistant',
      content: [
        ...(isReasoned ? [{ type: 'thinking', thinking: 'Hm.', signature: 's' }] : []),
        ...(isSpoken ? [{ type: 'text', text: 'Let me look.' }] : []),
        ...ids.map((id) => ({ type: 'tool_use', id, name: toolOf(id), input: { path: 'a' } })),
      ],
    },
  ],
  results: ({ outputs, hasPicture, isReversed }, ids) => [
    {
      role: 'user',
      content: ordered(
        isReversed,
        ids.map((id, index) => ({
          type: 'tool_result',
          tool_use_id: id,
          content: hasPicture
            ? [{ type: 'image', source: { type: 'url', url: 'a' } }]
            : output(outputs[index]),
        })),
      ),
    },
  ],
  say: (text) => [{ role: 'assistant', content: text }],
  odd: (number) => ({ role: 'critic', content: `Hm ${number}.` }),
};

function itemWriter(names: {
  readonly result: string;
  readonly callId: string;
  readonly wrap: boolean;
}): Writer {
  const text = (value: string) => (names.wrap ? { type: 'text', text: value } : value);
  const result = (id: string, value: unknown) => ({
    type: names.result,
    [names.callId]: id,
    ...(names.wrap ? { name: toolOf(id), status: 'completed' } : {}),
    output: value,
  });
  return {
    system: (content) => ({ type: 'message', role: 'developer', content }),
    ask: (content) => ({ type: 'message', role: 'user', content }),
    show: (value) => ({
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: value },
        { type: 'input_file', file_id: 'file_1' },
      ],
    }),
    program: (id, ids) => [
      { type: 'program', id: `prog_${id}`, [names.callId]: id, code: 'await read()', fingerprint: 'f' },
      ...ids.map((child) => ({
        type: 'function_call',
        [names.callId]: child,
        name: toolOf(child),
        arguments: '{}',
        caller: { type: 'program', [names.wrap ? 'callerId' : 'caller_id']: id },
      })),
      ...ids.map((child) => result(child, text(output(300)))),
      names.wrap
        ? { type: 'program_output', callId: id, output: 'done', status: 'completed' }
        : { type: 'program_output', id: `out_${id}`, call_id: id, result: 'done', status: 'completed' },
    ],
    call: ({ isReasoned, isSpoken, isApproved }, ids) => [
      ...(isReasoned
        ? [{ type: 'reasoning', id: `rs_${ids[0]}`, ...(names.wrap ? { content: [] } : { summary: [] }) }]
        : []),
      ...(isSpoken ? said('Let me look.', `msg_${ids[0]}`) : []),
      ...ids.map((id) => ({
        type: 'function_call',
        [names.callId]: id,
        name: toolOf(id),
        arguments: inputOf(id),
      })),
      ...(isApproved ? [approval('request', `mcpr_${ids[0]}`, names.wrap)] : []),
    ],
    results: ({ outputs, hasPicture, isReversed, isApproved }, ids) => [
      ...ordered(
        isReversed,
        ids.map((id, index) =>
          result(id, hasPicture ? [{ type: 'input_image', image_url: 'a' }] : text(output(outputs[index]))),
        ),
      ),
      ...(isApproved ? [approval('response', `mcpr_${ids[0]}`, names.wrap)] : []),
    ],
    say: (value, number) => said(value, `msg_last_${number}`),
    odd: (number) => ({ type: 'of_another_year', id: `odd_${number}`, body: number }),
  };
}

function said(value: string, id: string): readonly object[] {
  return [
    {
      type: 'message',
      id,
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: value }],
    },
  ];
}

function approval(which: 'request' | 'response', id: string, isWrapped: boolean): object {
  const type = `mcp_approval_${which}`;
  const fields =
    which === 'request'
      ? { id, name: 'delete', arguments: '{}' }
      : { approval_request_id: id, approve: true };
  return isWrapped
    ? { type: 'hosted_tool_call', name: type, providerData: { type, ...fields } }
    : { type, ...fields };
}

export const writers = {
  agents: itemWriter({ result: 'function_call_result', callId: 'callId', wrap: true }),
  responses: itemWriter({ result: 'function_call_output', callId: 'call_id', wrap: false }),
  chat,
  anthropic,
} as const satisfies Record<string, Writer>;

/** Valid histories in each of the four formats. */
export const histories = {
  agents: historiesOf(writers.agents),
  responses: historiesOf(writers.responses),
  chat: historiesOf(writers.chat),
  anthropic: historiesOf(writers.anthropic),
} as const;
