import * as fc from 'fast-check';

const text = fc.string({ minLength: 1 });
const id = fc.stringMatching(/^[a-z]{2,4}_[0-9a-f]{6}$/);
const base64 = fc.base64String({ minLength: 4 });
const status = fc.constantFrom('in_progress', 'completed', 'incomplete');
const providerData = fc.dictionary(fc.constantFrom('model', 'annotations', 'encryptedContent'), fc.string(), {
  minKeys: 1,
});
const caller = fc.oneof(
  fc.constant({ type: 'direct' }),
  fc.record({ type: fc.constant('program'), callerId: id }),
);

/** A record of fixed and drawn fields, with those in `optional` there or not. */
function item(
  fixed: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  optional: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<object> {
  return fc
    .tuple(fc.record(fields), fc.record({ ...optional, id, providerData }, { requiredKeys: [] }))
    .map(([required, extra]) => ({ ...fixed, ...required, ...extra }));
}

const inputText = fc.record({ type: fc.constant('input_text'), text });
const inputImage = fc.record({ type: fc.constant('input_image'), image: base64 });
const inputFile = fc.record({ type: fc.constant('input_file'), file: fc.record({ id }) });
const inputParts = fc.array(fc.oneof(inputText, inputImage, inputFile), { minLength: 1, maxLength: 4 });

const outputText = fc.record({ type: fc.constant('output_text'), text });
const refusal = fc.record({ type: fc.constant('refusal'), refusal: text });
const spoken = fc.record({ type: fc.constant('audio'), audio: base64, transcript: text });

const toolOutput = fc.oneof(
  text,
  fc.record({ type: fc.constant('text'), text }),
  fc.record({
    type: fc.constant('image'),
    image: fc.record({ data: base64, mediaType: fc.constant('image/png') }),
  }),
  fc.record({ type: fc.constant('file'), file: fc.record({ id }) }),
  inputParts,
);

const shellChunk = fc.record({
  stdout: fc.string(),
  stderr: fc.string(),
  outcome: fc.oneof(
    fc.constant({ type: 'timeout' }),
    fc.record({ type: fc.constant('exit'), exitCode: fc.option(fc.nat(255)) }),
  ),
});
const patch = fc.oneof(
  fc.record({ type: fc.constantFrom('create_file', 'update_file'), path: text, diff: fc.string() }),
  fc.record({ type: fc.constant('delete_file'), path: text }),
);
const hosted = (type: string, fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record({ id, type: fc.constant(type), ...fields });

/** Items that the Agents SDK accepts, one arbitrary for each type. */
export const agentItems = {
  message: fc.oneof(
    item({ role: 'user' }, { content: fc.oneof(text, inputParts) }),
    item({ type: 'message', role: 'user' }, { content: fc.oneof(text, inputParts) }),
    item({ role: 'system' }, { content: text }),
    item(
      { type: 'message', role: 'assistant' },
      { status, content: fc.array(fc.oneof(outputText, refusal, spoken), { minLength: 1, maxLength: 3 }) },
    ),
  ),
  reasoning: item(
    { type: 'reasoning' },
    { content: fc.array(inputText, { minLength: 1, maxLength: 3 }) },
    { rawContent: fc.array(fc.record({ type: fc.constant('reasoning_text'), text }), { maxLength: 2 }) },
  ),
  function_call: item(
    { type: 'function_call' },
    { callId: id, name: text, arguments: fc.json() },
    { status, caller, namespace: text },
  ),
  function_call_result: item(
    { type: 'function_call_result' },
    { callId: id, name: text, status, output: toolOutput },
    { caller, namespace: text },
  ),
  computer_call: item(
    { type: 'computer_call' },
    {
      callId: id,
      status,
      action: fc.record({
        type: fc.constant('click'),
        x: fc.nat(),
        y: fc.nat(),
        button: fc.constant('left'),
      }),
    },
  ),
  computer_call_result: item(
    { type: 'computer_call_result' },
    { callId: id, output: fc.record({ type: fc.constant('computer_screenshot'), data: base64 }) },
  ),
  shell_call: item(
    { type: 'shell_call' },
    { callId: id, action: fc.record({ commands: fc.array(text, { minLength: 1, maxLength: 3 }) }) },
    { status, caller },
  ),
  shell_call_output: item(
    { type: 'shell_call_output' },
    { callId: id, output: fc.array(shellChunk, { minLength: 1, maxLength: 3 }) },
    { status, caller, maxOutputLength: fc.nat() },
  ),
  apply_patch_call: item(
    { type: 'apply_patch_call' },
    { callId: id, status: fc.constantFrom('in_progress', 'completed'), operation: patch },
    { caller },
  ),
  apply_patch_call_output: item(
    { type: 'apply_patch_call_output' },
    { callId: id, status: fc.constantFrom('completed', 'failed'), output: text },
    { caller },
  ),
  program: item({ type: 'program' }, { callId: id, code: text, fingerprint: text }),
  program_output: item(
    { type: 'program_output' },
    { callId: id, output: text, status: fc.constantFrom('completed', 'incomplete') },
  ),
  tool_search_call: item(
    { type: 'tool_search_call' },
    {
      arguments: fc.record({ query: text }),
      call_id: fc.option(id),
      execution: fc.constantFrom('client', 'server'),
    },
  ),
  tool_search_output: item(
    { type: 'tool_search_output' },
    {
      tools: fc.array(fc.record({ type: fc.constant('function'), name: text }), {
        minLength: 1,
        maxLength: 3,
      }),
      call_id: fc.option(id),
      execution: fc.constantFrom('client', 'server'),
    },
  ),
  hosted_tool_call: fc.oneof(
    item(
      { type: 'hosted_tool_call', name: 'web_search_call', status: 'completed' },
      {
        providerData: hosted('web_search_call', {
          action: fc.record({ type: fc.constant('search'), query: text }),
        }),
      },
      { caller },
    ),
    item(
      { type: 'hosted_tool_call', name: 'mcp_call', status: 'completed', output: 'found' },
      { providerData: hosted('mcp_call', { name: text, arguments: fc.json(), server_label: text }) },
    ),
    item(
      { type: 'hosted_tool_call', name: 'mcp_approval_request', status: 'completed' },
      {
        providerData: hosted('mcp_approval_request', {
          name: text,
          arguments: fc.json(),
          server_label: text,
        }),
      },
    ),
    item(
      { type: 'hosted_tool_call', name: 'mcp_approval_response' },
      { providerData: hosted('mcp_approval_response', { approve: fc.boolean(), approval_request_id: id }) },
    ),
    item(
      { type: 'hosted_tool_call', name: 'image_generation_call', status: 'completed' },
      { output: base64, providerData: hosted('image_generation_call', {}) },
    ),
  ),
  compaction: item({ type: 'compaction' }, { encrypted_content: base64 }),
  unknown: item({ type: 'unknown' }, { providerData }),
} as const;

export const anyAgentItem: fc.Arbitrary<object> = fc.oneof(...Object.values(agentItems));
