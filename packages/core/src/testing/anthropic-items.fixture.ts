import * as fc from 'fast-check';

const text = fc.string({ minLength: 1 });
const id = fc.stringMatching(/^toolu_[0-9a-f]{6}$/);
const name = fc.stringMatching(/^[a-z]{1,8}$/);

const textBlock = fc.record(
  { type: fc.constant('text'), text, cache_control: fc.constant({ type: 'ephemeral' }) },
  { requiredKeys: ['type', 'text'] },
);
const source = fc.record({
  type: fc.constant('base64'),
  media_type: fc.constant('image/png'),
  data: fc.base64String(),
});
const mediaBlock = fc.record({ type: fc.constantFrom('image', 'document'), source });
const thinking = fc.oneof(
  fc.record({ type: fc.constant('thinking'), thinking: text, signature: fc.base64String() }),
  fc.record({ type: fc.constant('redacted_thinking'), data: fc.base64String() }),
);
const toolUse = fc.record({
  type: fc.constant('tool_use'),
  id,
  name,
  input: fc.dictionary(name, fc.jsonValue()),
});
const toolResult = fc.record(
  {
    type: fc.constant('tool_result'),
    tool_use_id: id,
    content: fc.oneof(text, fc.array(fc.oneof(textBlock, mediaBlock), { minLength: 1, maxLength: 3 })),
    is_error: fc.boolean(),
  },
  { requiredKeys: ['type', 'tool_use_id', 'content'] },
);
const search = fc.tuple(id, text).map(([useId, query]) => [
  { type: 'server_tool_use', id: useId, name: 'web_search', input: { query } },
  {
    type: 'web_search_tool_result',
    tool_use_id: useId,
    content: [
      { type: 'web_search_result', url: 'https://example.org', title: query, encrypted_content: 'E' },
    ],
  },
]);
const message = (role: string, content: fc.Arbitrary<unknown>) =>
  fc.record({ role: fc.constant(role), content });

/** Messages that the Messages API accepts, one arbitrary for each form. */
const anthropicItems = {
  user: message(
    'user',
    fc.oneof(text, fc.array(fc.oneof(textBlock, mediaBlock), { minLength: 1, maxLength: 4 })),
  ),
  answer: message(
    'assistant',
    fc.oneof(
      text,
      fc
        .tuple(fc.array(thinking, { maxLength: 2 }), textBlock)
        .map(([thoughts, said]) => [...thoughts, said]),
    ),
  ),
  call: message(
    'assistant',
    fc
      .tuple(
        fc.array(thinking, { maxLength: 1 }),
        fc.array(textBlock, { maxLength: 1 }),
        fc.array(toolUse, { minLength: 1, maxLength: 3 }),
      )
      .map((parts) => parts.flat()),
  ),
  serverCall: message(
    'assistant',
    fc.tuple(search, textBlock).map(([blocks, said]) => [...blocks, said]),
  ),
  result: message('user', fc.array(toolResult, { minLength: 1, maxLength: 3 })),
  resultAndWords: message(
    'user',
    fc
      .tuple(fc.array(toolResult, { minLength: 1, maxLength: 2 }), textBlock)
      .map(([results, said]) => [...results, said]),
  ),
} as const;

export const anyAnthropicItem: fc.Arbitrary<object> = fc.oneof(...Object.values(anthropicItems));
