import {
  type AgentInputItem,
  type Model,
  type ModelRequest,
  type protocol,
  type StreamEvent,
  Usage,
} from '@openai/agents';
import { type CountTokens, itemsOf, itemText, promptTokens } from '../prompt.ts';
import type { Task } from '../tasks/task.ts';
import { checkPairs } from './check-request.ts';
import { ModelError } from './model-error.ts';
import type { Notebook } from './notebook.ts';
import { writeSummary } from './offline-summary.ts';
import type { Move, Playbook } from './playbook.ts';

export type ScriptedCoderOptions = {
  /** A longer prompt is refused, as a provider would. */
  readonly windowTokens: number;
  readonly countTokens: CountTokens;
  readonly notebook: Notebook;
  /** The task that a user's message asks for. */
  readonly findTask: (prompt: string) => Task | undefined;
};

/** The two kinds of item that this model writes. */
type Output = protocol.AssistantMessageItem | protocol.FunctionCallItem;
type Response = { readonly output: Output[]; readonly usage: Usage; readonly responseId: string };

/** A task under way: what was asked, how it goes on, and the calls whose outputs it waits for. */
type Work = { readonly prompt: string; readonly playbook: Playbook; readonly waitingFor: readonly string[] };

/**
 * A model that follows playbooks instead of thinking, and is strict where a provider is: it measures the request
 * that it really got, refuses one over its window or with a call and a result apart, and takes each tool's output
 * from the request, so that a compaction which loses the newest output or the user's task cannot go unnoticed.
 */
export class ScriptedCoder implements Model {
  readonly #options: ScriptedCoderOptions;
  #work: Work | undefined;
  #responseCount = 0;
  #callCount = 0;

  constructor(options: ScriptedCoderOptions) {
    this.#options = options;
  }

  async getResponse(request: ModelRequest): Promise<Response> {
    request.signal?.throwIfAborted();
    const inputTokens = promptTokens(request, this.#options.countTokens);
    if (inputTokens > this.#options.windowTokens) {
      throw new ModelError(
        'context_length_exceeded',
        `The prompt has ${inputTokens} tokens; the context window has ${this.#options.windowTokens}.`,
      );
    }
    checkPairs(itemsOf(request));
    const output = this.#respond(request);
    this.#responseCount += 1;
    return { output, usage: this.#usage(inputTokens, output), responseId: `resp_${this.#responseCount}` };
  }

  async *getStreamedResponse(request: ModelRequest): AsyncIterable<StreamEvent> {
    const { output, usage, responseId } = await this.getResponse(request);
    yield { type: 'response_started' };
    for (const item of output) {
      if (item.type !== 'message') continue;
      for (const delta of itemText(item).match(/\S*\s*/gu) ?? []) {
        request.signal?.throwIfAborted();
        if (delta !== '') yield { type: 'output_text_delta', delta };
      }
    }
    const { requests, inputTokens, outputTokens, totalTokens } = usage;
    yield {
      type: 'response_done',
      response: { id: responseId, output, usage: { requests, inputTokens, outputTokens, totalTokens } },
    };
  }

  #respond(request: ModelRequest): Output[] {
    const items = itemsOf(request);
    // Only a summariser asks without offering a tool.
    if (request.tools.length === 0 && request.handoffs.length === 0) return [this.#summary(request)];
    const { prompt, playbook, outputs } =
      this.#work === undefined ? this.#begin(items) : this.#resume(items, this.#work);
    const step = outputs === undefined ? playbook.next() : playbook.next(outputs);
    if (step.done === true) {
      this.#work = undefined;
      return [message(step.value)];
    }
    const callItems = this.#callItems(step.value);
    this.#work = { prompt, playbook, waitingFor: callItems.map(({ callId }) => callId) };
    return step.value.say === '' ? callItems : [message(step.value.say), ...callItems];
  }

  #begin(items: readonly AgentInputItem[]) {
    const prompt = lastUserText(items);
    const task = this.#options.findTask(prompt);
    if (task === undefined) {
      throw new Error(
        `The last user message of the request asks for no known task: ${JSON.stringify(prompt)}.`,
      );
    }
    this.#options.notebook.compareWith(items.map(itemText).join('\n'));
    return { prompt, playbook: task.play(this.#options.notebook), outputs: undefined };
  }

  #resume(items: readonly AgentInputItem[], { prompt, playbook, waitingFor }: Work) {
    if (!items.some((item) => isUser(item) && itemText(item) === prompt)) {
      throw new Error(`The task under way is no longer in the request: ${JSON.stringify(prompt)}.`);
    }
    return { prompt, playbook, outputs: waitingFor.map((callId) => outputOf(items, callId)) };
  }

  #callItems({ calls }: Move) {
    return calls.map(({ tool, input }) => {
      this.#callCount += 1;
      return {
        type: 'function_call' as const,
        callId: `call_${String(this.#callCount).padStart(4, '0')}`,
        name: tool,
        arguments: JSON.stringify(input),
        status: 'completed' as const,
      };
    });
  }

  #summary(request: ModelRequest): Output {
    const { countTokens } = this.#options;
    const transcript = itemsOf(request).map(itemText).join('\n');
    return message(
      writeSummary(transcript, { maxTokens: request.modelSettings.maxTokens ?? 1000, countTokens }),
    );
  }

  #usage(inputTokens: number, output: readonly Output[]): Usage {
    const outputTokens = output.reduce((sum, item) => sum + this.#options.countTokens(itemText(item)), 0);
    return new Usage({ requests: 1, inputTokens, outputTokens, totalTokens: inputTokens + outputTokens });
  }
}

function message(text: string): Output {
  return {
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text }],
  };
}

function isUser(item: AgentInputItem): boolean {
  return (item.type === undefined || item.type === 'message') && item.role === 'user';
}

function lastUserText(items: readonly AgentInputItem[]): string {
  const last = items.findLast(isUser);
  if (last === undefined) throw new Error('The request has no user message.');
  return itemText(last);
}

/** What a tool said, whole: the first word tells that nothing took its place. */
function outputOf(items: readonly AgentInputItem[], callId: string): string {
  const result = items.find((item) => item.type === 'function_call_result' && item.callId === callId);
  if (result === undefined)
    throw new Error(`The result of ${callId}, which was just made, is not in the request.`);
  const text = itemText(result);
  if (!/^(?:ok|failed|error|\{"assistant":) ?/u.test(text)) {
    throw new Error(
      `The result of ${callId}, which was just made, was replaced by ${JSON.stringify(text.slice(0, 80))}.`,
    );
  }
  return text;
}
