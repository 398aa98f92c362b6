import * as fc from 'fast-check';

const text = fc.string({ minLength: 1 });
const id = fc.stringMatching(/^call_[0-9a-f]{6}$/);
const name = fc.stringMatching(/^[a-z]{1,8}$/);

const textPart = fc.record({ type: fc.constant('text'), text });
const mediaPart = fc.oneof(
  fc.record({ type: fc.constant('image_url'), image_url: fc.record({ url: fc.webUrl() }) }),
  fc.record({
    type: fc.constant('input_audio'),
    input_audio: fc.record({ data: fc.base64String(), format: fc.constant('wav') }),
  }),
  fc.record({ type: fc.constant('file'), file: fc.record({ file_id: text }) }),
);
const texts = fc.oneof(text, fc.array(textPart, { minLength: 1, maxLength: 3 }));

const toolCall = fc.oneof(
  fc.record({ id, type: fc.constant('function'), function: fc.record({ name, arguments: fc.json() }) }),
  fc.record({ id, type: fc.constant('custom'), custom: fc.record({ name, input: text }) }),
);

/** Messages that the Chat Completions API accepts, one arbitrary for each form. */
const chatItems = {
  system: fc.record({ role: fc.constantFrom('system', 'developer'), content: texts }),
  user: fc.record({
    role: fc.constant('user'),
    content: fc.oneof(text, fc.array(fc.oneof(textPart, mediaPart), { minLength: 1, maxLength: 4 })),
  }),
  answer: fc.record(
    {
      role: fc.constant('assistant'),
      content: fc.oneof(
        text,
        fc.array(fc.oneof(textPart, fc.record({ type: fc.constant('refusal'), refusal: text })), {
          minLength: 1,
        }),
      ),
      name,
      tool_calls: fc.constant([]),
    },
    { requiredKeys: ['role', 'content'] },
  ),
  refusal: fc.record({ role: fc.constant('assistant'), content: fc.constant(null), refusal: text }),
  spoken: fc.record({ role: fc.constant('assistant'), content: fc.constant(null), audio: fc.record({ id }) }),
  call: fc.record({
    role: fc.constant('assistant'),
    content: fc.option(texts),
    tool_calls: fc.array(toolCall, { minLength: 1, maxLength: 3 }),
  }),
  result: fc.record({ role: fc.constant('tool'), tool_call_id: id, content: texts }),
  legacyCall: fc.record({
    role: fc.constant('assistant'),
    content: fc.constant(null),
    function_call: fc.record({ name, arguments: fc.json() }),
  }),
  legacyResult: fc.record({ role: fc.constant('function'), name, content: text }),
} as const;

export const anyChatItem: fc.Arbitrary<object> = fc.oneof(...Object.values(chatItems));
