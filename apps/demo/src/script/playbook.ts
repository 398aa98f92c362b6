/** One call of a tool, as a model asks for it. */
export type ToolCall = { readonly tool: string; readonly input: Readonly<Record<string, unknown>> };

/** What the model does next: a few words, if any, and the calls it wants answered together. */
export type Move = { readonly say: string; readonly calls: readonly ToolCall[] };

/**
 * How one task is worked through: each move gets the real outputs of its calls, in order, and the returned text
 * is the model's answer to the task.
 */
export type Playbook = Generator<Move, string, readonly string[]>;

/** A part of a playbook that ends with a value. */
export type Passage<TValue> = Generator<Move, TValue, readonly string[]>;

/** Makes one call and returns its output. */
export function* use(call: ToolCall, say = ''): Passage<string> {
  const [output] = yield { say, calls: [call] };
  if (output === undefined) throw new Error(`The call of ${call.tool} got no output.`);
  return output;
}

/** What a turn may bring: more outputs at once would fill the context before the model has read them. */
const atOnce = 3;

/** Makes calls, a few of them side by side, and returns their outputs. */
export function* useAll(calls: readonly ToolCall[], say = ''): Passage<readonly string[]> {
  const outputs: string[] = [];
  for (let index = 0; index < calls.length; index += atOnce) {
    outputs.push(...(yield { say: index === 0 ? say : '', calls: calls.slice(index, index + atOnce) }));
  }
  return outputs;
}
