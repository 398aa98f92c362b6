import * as fc from 'fast-check';

const text = fc.string({ minLength: 1 });
const id = fc.stringMatching(/^[a-z]{2,4}_[0-9a-f]{6}$/);
const base64 = fc.base64String({ minLength: 4 });
const caller = fc.record({ type: fc.constant('program'), caller_id: id });

function item(
  type: string,
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  optional: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<object> {
  return fc
    .tuple(fc.record(fields), fc.record(optional, { requiredKeys: [] }))
    .map(([required, extra]) => ({ type, ...required, ...extra }));
}

const inputText = fc.record({ type: fc.constant('input_text'), text });
const inputImage = fc.record({ type: fc.constant('input_image'), image_url: fc.webUrl() });
const inputFile = fc.record({ type: fc.constant('input_file'), file_id: id });
const inputParts = fc.array(fc.oneof(inputText, inputImage, inputFile), { minLength: 1, maxLength: 4 });
const outputText = fc.record({ type: fc.constant('output_text'), text, annotations: fc.constant([]) });
const refusal = fc.record({ type: fc.constant('refusal'), refusal: text });
const easy = { role: fc.constantFrom('user', 'system', 'developer'), content: fc.oneof(text, inputParts) };

/** Input items that the Responses API accepts, one arbitrary for each type. */
export const responsesItems = {
  easy: fc.oneof(fc.record(easy), fc.record({ role: fc.constant('assistant'), content: text })),
  message: fc.oneof(
    item('message', easy),
    item('message', {
      id,
      role: fc.constant('assistant'),
      status: fc.constant('completed'),
      content: fc.array(fc.oneof(outputText, refusal), { minLength: 1, maxLength: 3 }),
    }),
  ),
  reasoning: item(
    'reasoning',
    { id, summary: fc.array(fc.record({ type: fc.constant('summary_text'), text }), { minLength: 1 }) },
    { encrypted_content: base64 },
  ),
  function_call: item(
    'function_call',
    { call_id: id, name: text, arguments: fc.json() },
    { id, caller, status: fc.constant('completed') },
  ),
  function_call_output: item(
    'function_call_output',
    { call_id: id, output: fc.oneof(text, inputParts) },
    { id },
  ),
  custom_tool_call: item('custom_tool_call', { call_id: id, name: text, input: text }, { id }),
  custom_tool_call_output: item('custom_tool_call_output', {
    call_id: id,
    output: fc.oneof(text, inputParts),
  }),
  web_search_call: item('web_search_call', {
    id,
    action: fc.record({ type: fc.constant('search'), query: text }),
  }),
  file_search_call: item('file_search_call', {
    id,
    queries: fc.array(text, { minLength: 1, maxLength: 2 }),
    results: fc.option(fc.array(fc.record({ file_id: id, text }), { maxLength: 2 })),
  }),
  computer_call: item('computer_call', {
    id,
    call_id: id,
    action: fc.record({ type: fc.constant('click'), x: fc.nat(), y: fc.nat() }),
  }),
  computer_call_output: item('computer_call_output', {
    call_id: id,
    output: fc.record({ type: fc.constant('computer_screenshot'), image_url: fc.webUrl() }),
  }),
  code_interpreter_call: item('code_interpreter_call', {
    id,
    container_id: id,
    code: text,
    outputs: fc.option(
      fc.array(fc.record({ type: fc.constant('image'), url: fc.webUrl() }), { maxLength: 2 }),
    ),
  }),
  mcp_list_tools: item('mcp_list_tools', { id, server_label: text, tools: fc.constant([{ name: 'find' }]) }),
  mcp_approval_request: item('mcp_approval_request', {
    id,
    name: text,
    arguments: fc.json(),
    server_label: text,
  }),
  mcp_approval_response: item('mcp_approval_response', { approval_request_id: id, approve: fc.boolean() }),
  mcp_call: item('mcp_call', { id, name: text, arguments: fc.json(), server_label: text, output: text }),
  local_shell_call: item('local_shell_call', {
    id,
    call_id: id,
    action: fc.record({ type: fc.constant('exec'), command: fc.array(text, { minLength: 1, maxLength: 3 }) }),
  }),
  local_shell_call_output: item('local_shell_call_output', { id, output: text }),
  shell_call: item('shell_call', {
    call_id: id,
    action: fc.record({ commands: fc.array(text, { minLength: 1 }) }),
  }),
  shell_call_output: item('shell_call_output', {
    call_id: id,
    output: fc.array(
      fc.record({ stdout: text, stderr: fc.string(), outcome: fc.constant({ type: 'exit', exit_code: 1 }) }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  apply_patch_call: item('apply_patch_call', {
    call_id: id,
    status: fc.constant('completed'),
    operation: fc.record({ type: fc.constant('update_file'), path: text, diff: text }),
  }),
  apply_patch_call_output: item('apply_patch_call_output', {
    call_id: id,
    status: fc.constant('failed'),
    output: text,
  }),
  program: item('program', { id, call_id: id, code: text, fingerprint: text }),
  program_output: item('program_output', { id, call_id: id, result: text, status: fc.constant('completed') }),
  tool_search_call: item('tool_search_call', {
    arguments: fc.record({ query: text }),
    call_id: fc.option(id),
  }),
  tool_search_output: item('tool_search_output', {
    tools: fc.constant([{ name: 'a' }]),
    call_id: fc.option(id),
  }),
  image_generation_call: item('image_generation_call', {
    id,
    status: fc.constant('completed'),
    result: base64,
  }),
  item_reference: item('item_reference', { id }),
  compaction: item('compaction', { encrypted_content: base64 }),
} as const;

export const anyResponsesItem: fc.Arbitrary<object> = fc.oneof(...Object.values(responsesItems));
