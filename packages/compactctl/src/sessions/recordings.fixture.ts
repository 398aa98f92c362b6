/** The same short piece of work as each tool records it: `count` times a question, a read file and an answer. */
export type Recording = {
  /** What the format is called. */
  readonly format: string;
  /** How it lies on disk. */
  readonly text: string;
  /** Messages in it. */
  readonly messages: number;
};

const lines = (values: readonly object[]) => values.map((value) => JSON.stringify(value)).join('\n');
const asked = (index: number) => `Please look at part ${index} of the work.`;
const path = (index: number) => `src/part-${index}/main.ts`;
const output = (index: number) =>
  `export const nameOf${index} = 1; ${`line ${index} of the file; `.repeat(120)}`;
const answer = (index: number) => `Part ${index} is done.`;
const turns = <TValue>(count: number, of: (index: number) => readonly TValue[]) =>
  Array.from({ length: count }, (_, index) => of(index)).flat();

export function recordings(count: number): readonly Recording[] {
  const chat = turns(count, (index): readonly object[] => [
    { role: 'user', content: asked(index) },
    {
      role: 'assistant',
      content: null,
      tool_calls: [
        {
          id: `c${index}`,
          type: 'function',
          function: { name: 'read', arguments: JSON.stringify({ path: path(index) }) },
        },
      ],
    },
    { role: 'tool', tool_call_id: `c${index}`, content: output(index) },
    { role: 'assistant', content: answer(index) },
  ]);
  const anthropic = turns(count, (index): readonly object[] => [
    { role: 'user', content: asked(index) },
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: `c${index}`, name: 'read', input: { path: path(index) } }],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: `c${index}`, content: output(index) }] },
    { role: 'assistant', content: [{ type: 'text', text: answer(index) }] },
  ]);
  const responses = turns(count, (index): readonly object[] => [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: asked(index) }] },
    {
      type: 'function_call',
      call_id: `c${index}`,
      name: 'read',
      arguments: JSON.stringify({ path: path(index) }),
    },
    { type: 'function_call_output', call_id: `c${index}`, output: output(index) },
    { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: answer(index) }] },
  ]);
  const agents = turns(count, (index): readonly object[] => [
    { type: 'message', role: 'user', content: asked(index) },
    {
      type: 'function_call',
      callId: `c${index}`,
      name: 'read',
      status: 'completed',
      arguments: JSON.stringify({ path: path(index) }),
    },
    {
      type: 'function_call_result',
      callId: `c${index}`,
      name: 'read',
      status: 'completed',
      output: output(index),
    },
    {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: answer(index) }],
    },
  ]);
  const messages = 4 * count;
  return [
    { format: 'chat', text: JSON.stringify(chat, null, 2), messages },
    {
      format: 'chat',
      text: JSON.stringify({ model: 'gpt-5', messages: [{ role: 'system', content: 'Be exact.' }, ...chat] }),
      messages: messages + 1,
    },
    { format: 'anthropic', text: JSON.stringify({ system: 'Be exact.', messages: anthropic }), messages },
    { format: 'anthropic', text: lines(anthropic), messages },
    {
      format: 'responses',
      text: JSON.stringify({ instructions: 'Be exact.', input: responses }, null, 1),
      messages,
    },
    { format: 'agents', text: lines(agents), messages },
    { format: 'pi', text: lines(piEntries(count)), messages },
    { format: 'claude-code', text: lines(claudeCodeRecords(count)), messages },
    { format: 'codex', text: lines(codexRecords(responses)), messages },
    { format: 'ai-sdk', text: JSON.stringify(aiSdkMessages(count)), messages },
    { format: 'ai-sdk', text: JSON.stringify(aiSdkUiMessages(count)), messages: 2 * count },
    { format: 'swe-agent', text: JSON.stringify(trajectory(count)), messages: messages + 1 },
  ];
}

/** A session of pi is a tree: what its user went back from is not on the branch that ends last. */
function piEntries(count: number): readonly object[] {
  let number = 0;
  let parentId: string | null = null;
  const entry = (message: object) => {
    const id = `e${(number += 1)}`;
    const made = { type: 'message', id, parentId, timestamp: '2026-02-11T20:36:45.693Z', message };
    parentId = id;
    return made;
  };
  const abandoned = entry({ role: 'user', content: 'I should not have said this.', timestamp: 0 });
  parentId = null;
  return [
    { type: 'session', version: 3, id: 's', cwd: '/work' },
    abandoned,
    ...turns(count, (index) => [
      entry({ role: 'user', content: [{ type: 'text', text: asked(index) }], timestamp: index }),
      entry({
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Read it first.' },
          { type: 'toolCall', id: `c${index}`, name: 'read', arguments: { path: path(index) } },
        ],
        usage: { input: 10, output: 5 },
        stopReason: 'toolUse',
      }),
      entry({
        role: 'toolResult',
        toolCallId: `c${index}`,
        toolName: 'read',
        content: [{ type: 'text', text: output(index) }],
        isError: false,
      }),
      entry({ role: 'assistant', content: [{ type: 'text', text: answer(index) }], stopReason: 'stop' }),
    ]),
    { type: 'thinking_level_change', id: 'last', parentId, thinkingLevel: 'high' },
  ];
}

/** Claude Code writes each block of an answer as a record, with its subagents' and its own records between them. */
function claudeCodeRecords(count: number): readonly object[] {
  const base = { sessionId: 's', cwd: '/work', version: '2.1.39', isSidechain: false };
  return [
    { type: 'file-history-snapshot', messageId: 'm', snapshot: {} },
    ...turns(count, (index): readonly object[] => [
      { ...base, type: 'user', uuid: `u${index}`, message: { role: 'user', content: asked(index) } },
      {
        ...base,
        type: 'assistant',
        uuid: `a${index}`,
        message: {
          id: `m${index}`,
          role: 'assistant',
          content: [{ type: 'thinking', thinking: 'Read it.', signature: 'sig' }],
        },
      },
      {
        ...base,
        type: 'assistant',
        uuid: `b${index}`,
        message: {
          id: `m${index}`,
          role: 'assistant',
          content: [{ type: 'tool_use', id: `c${index}`, name: 'Read', input: { file_path: path(index) } }],
        },
      },
      {
        ...base,
        type: 'assistant',
        isSidechain: true,
        message: { role: 'assistant', content: [{ type: 'text', text: 'A subagent.' }] },
      },
      {
        ...base,
        type: 'user',
        uuid: `r${index}`,
        message: {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: `c${index}`, content: output(index) }],
        },
      },
      { type: 'progress', data: { type: 'hook_progress' } },
      {
        ...base,
        type: 'assistant',
        uuid: `d${index}`,
        message: { id: `n${index}`, role: 'assistant', content: [{ type: 'text', text: answer(index) }] },
      },
    ]),
    { ...base, type: 'summary', summary: 'Parts were looked at.' },
  ];
}

function codexRecords(items: readonly object[]): readonly object[] {
  const timestamp = '2026-02-11T20:36:45.693Z';
  return [
    {
      timestamp,
      type: 'session_meta',
      payload: { id: 's', cwd: '/work', base_instructions: { text: 'Be exact.' } },
    },
    { timestamp, type: 'turn_context', payload: { model: 'gpt-5.2-codex' } },
    ...items.flatMap((payload) => [
      { timestamp, type: 'response_item', payload },
      { timestamp, type: 'event_msg', payload: { type: 'token_count', info: null } },
    ]),
  ];
}

function aiSdkMessages(count: number): readonly object[] {
  return turns(count, (index): readonly object[] => [
    { role: 'user', content: asked(index) },
    {
      role: 'assistant',
      content: [
        { type: 'tool-call', toolCallId: `c${index}`, toolName: 'read', input: { path: path(index) } },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: `c${index}`,
          toolName: 'read',
          output: { type: 'text', value: output(index) },
        },
      ],
    },
    { role: 'assistant', content: [{ type: 'text', text: answer(index) }] },
  ]);
}

function aiSdkUiMessages(count: number): readonly object[] {
  return turns(count, (index): readonly object[] => [
    { id: `u${index}`, role: 'user', parts: [{ type: 'text', text: asked(index) }] },
    {
      id: `a${index}`,
      role: 'assistant',
      parts: [
        { type: 'step-start' },
        {
          type: 'tool-read',
          toolCallId: `c${index}`,
          state: 'output-available',
          input: { path: path(index) },
          output: output(index),
        },
        { type: 'text', text: answer(index), state: 'done' },
      ],
    },
  ]);
}

function trajectory(count: number): object {
  const history = turns(count, (index): readonly object[] => [
    { role: 'user', content: asked(index), agent: 'main', message_type: 'observation' },
    {
      role: 'assistant',
      content: 'I read it.',
      thought: 'I read it.',
      action: `cat ${path(index)}`,
      agent: 'main',
      tool_calls: [
        {
          id: `c${index}`,
          type: 'function',
          function: { name: 'bash', arguments: JSON.stringify({ command: `cat ${path(index)}` }) },
        },
      ],
      message_type: 'action',
    },
    {
      role: 'tool',
      content: [{ type: 'text', text: output(index) }],
      agent: 'main',
      tool_call_ids: [`c${index}`],
      message_type: 'observation',
    },
    { role: 'assistant', content: answer(index), agent: 'main', message_type: 'action' },
  ]);
  return {
    trajectory: [{ action: 'cat', observation: '', response: '', thought: '', state: {} }],
    history: [
      { role: 'system', content: 'Be exact.', agent: 'main', message_type: 'system_prompt' },
      ...history,
    ],
    info: { exit_status: 'submitted' },
    environment: 'swe_main',
  };
}
