import { type AgentInputItem, type ModelRequest, type StreamEvent } from '@openai/agents';
import { beforeEach, describe, expect, test } from 'vitest';
import { promptTokens } from '../prompt.ts';
import type { Task } from '../tasks/task.ts';
import { calls } from './calls.ts';
import { Notebook } from './notebook.ts';
import { use, useAll } from './playbook.ts';
import { ScriptedCoder } from './scripted-coder.ts';

const task: Task = {
  title: 'look around',
  prompt: 'Look around.',
  *play() {
    const listing = yield* use(calls.list(), 'First the list.');
    const shown = yield* useAll([calls.read('a.ts'), calls.read('b.ts')]);
    return `Finding: ${listing} | ${shown.join(' | ')}`;
  },
};

const countTokens = (text: string) => text.length;
let notebook: Notebook;
let model: ScriptedCoder;

beforeEach(() => {
  notebook = new Notebook();
  model = coder(100_000);
});

const findTask = (prompt: string) => (prompt === task.prompt ? task : undefined);

function coder(windowTokens: number): ScriptedCoder {
  return new ScriptedCoder({ windowTokens, countTokens, notebook, findTask });
}

const user: AgentInputItem = { role: 'user', content: task.prompt };
const listTool = {
  type: 'function' as const,
  name: 'list_files',
  description: 'Lists.',
  strict: true,
  parameters: { type: 'object' as const, properties: {}, required: [], additionalProperties: false as const },
};

function request(input: readonly AgentInputItem[], extra: Partial<ModelRequest> = {}): ModelRequest {
  return {
    systemInstructions: 'You are a coder.',
    input: [...input],
    modelSettings: {},
    tools: [listTool],
    outputType: 'text',
    handoffs: [],
    tracing: false,
    ...extra,
  };
}

function result(callId: string, output: string): AgentInputItem {
  return {
    type: 'function_call_result',
    callId,
    name: 'any',
    status: 'completed',
    output: { type: 'text', text: output },
  };
}

describe('a task', () => {
  test('is worked through move by move, with what the tools said', async () => {
    const first = await model.getResponse(request([user]));
    const [said, call] = first.output;
    expect(said).toMatchObject({ role: 'assistant' });
    expect(call).toMatchObject({ type: 'function_call', name: 'list_files', callId: 'call_0001' });

    const afterFirst = [user, ...first.output, result('call_0001', 'ok one')];
    const second = await model.getResponse(request(afterFirst));
    expect(second.output.map((item) => item.type)).toEqual(['function_call', 'function_call']);

    const results = [result('call_0002', 'ok two'), result('call_0003', 'error three')];
    const third = await model.getResponse(request([...afterFirst, ...second.output, ...results]));
    expect(JSON.stringify(third.output)).toContain('Finding: ok one | ok two | error three');
  });

  test('reports what the request and the answer really weigh', async () => {
    const sent = request([user]);
    const { usage, output } = await model.getResponse(sent);
    expect(usage.inputTokens).toBe(promptTokens(sent, countTokens));
    expect(usage.inputTokens).toBeGreaterThan(task.prompt.length + JSON.stringify(listTool).length);
    expect(usage.outputTokens).toBeGreaterThan(0);
    expect(usage.totalTokens).toBe(usage.inputTokens + usage.outputTokens);
    expect(output.length).toBeGreaterThan(0);
  });

  test('is streamed as the same answer', async () => {
    const streamed: StreamEvent[] = [];
    for await (const event of model.getStreamedResponse(request([user]))) streamed.push(event);
    const whole = await coder(100_000).getResponse(request([user]));
    const text = streamed.map((event) => (event.type === 'output_text_delta' ? event.delta : '')).join('');
    expect(text).toBe('First the list.');
    expect(streamed[0]?.type).toBe('response_started');
    expect(streamed.at(-1)).toMatchObject({ type: 'response_done', response: { output: whole.output } });
  });

  test('begins with a look at what the context still holds', async () => {
    notebook.noteEdited('src/a.ts');
    notebook.noteEdited('src/b.ts');
    await model.getResponse(request([{ role: 'user', content: 'Earlier: src/a.ts was edited.' }, user]));
    expect(notebook.recall).toEqual({ found: 1, of: 2 });
  });
});

describe('a request that a compaction has spoilt is refused', () => {
  test('when it is longer than the window, as a provider would', async () => {
    const sent = request([user]);
    const small = coder(promptTokens(sent, countTokens) - 1);
    await expect(small.getResponse(sent)).rejects.toMatchObject({
      status: 400,
      code: 'context_length_exceeded',
    });
    await expect(coder(promptTokens(sent, countTokens)).getResponse(sent)).resolves.toBeDefined();
  });

  test('when the newest result is missing', async () => {
    await model.getResponse(request([user]));
    await expect(model.getResponse(request([user]))).rejects.toThrow(
      /call_0001, which was just made, is not in/u,
    );
  });

  test('when the newest result was replaced by a placeholder', async () => {
    const { output } = await model.getResponse(request([user]));
    const sent = request([user, ...output, result('call_0001', '[cleared]')]);
    await expect(model.getResponse(sent)).rejects.toThrow(/was replaced by "\[cleared\]"/u);
  });

  test('when the task under way is gone', async () => {
    const { output } = await model.getResponse(request([user]));
    const sent = request([...output, result('call_0001', 'ok')]);
    await expect(model.getResponse(sent)).rejects.toThrow(/task under way is no longer/u);
  });

  test('when a call and its result are apart', async () => {
    const { output } = await model.getResponse(request([user]));
    await expect(model.getResponse(request([user, result('call_0001', 'ok')]))).rejects.toMatchObject({
      status: 400,
      message: 'No tool call found for function call output with call_id call_0001.',
    });
    await expect(model.getResponse(request([user, ...output]))).rejects.toMatchObject({
      status: 400,
      message: 'No tool output found for function call call_0001.',
    });
  });

  test('when it asks for no known task', async () => {
    await expect(model.getResponse(request([{ role: 'user', content: 'Sing.' }]))).rejects.toThrow(
      /no known task/u,
    );
  });

  test('and a refused request can be sent again, mended', async () => {
    const { output } = await model.getResponse(request([user]));
    await expect(model.getResponse(request([user]))).rejects.toThrow(/call_0001/u);
    const again = await model.getResponse(request([user, ...output, result('call_0001', 'ok')]));
    expect(again.output).toHaveLength(2);
  });
});

test("a request without tools is a summariser's, and does not disturb the task", async () => {
  const first = await model.getResponse(request([user]));
  const prompt =
    '<transcript>\n## 1 user\nLook around.\n</transcript>\n\nNow write, with these sections: Sources.';
  const summary = await model.getResponse(request([{ role: 'user', content: prompt }], { tools: [] }));
  expect(JSON.stringify(summary.output)).toContain('## Sources');
  const next = await model.getResponse(request([user, ...first.output, result('call_0001', 'ok')]));
  expect(next.output).toHaveLength(2);
});

test('an aborted request is not answered', async () => {
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(model.getResponse(request([user], { signal }))).rejects.toThrow('stopped');
});
