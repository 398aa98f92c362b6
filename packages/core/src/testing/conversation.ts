/** A Chat Completions message, as loosely as the format itself is written. */
export type ChatItem = Readonly<Record<string, unknown>>;

/** One turn: what the user says, the calls with their outputs, and what the assistant says at the end. */
export type TurnPlan = {
  readonly user: string;
  readonly calls?: readonly { readonly tool: string; readonly input?: string; readonly output: string }[];
  readonly answer?: string;
};

/** A valid Chat Completions history of these turns. */
export function conversation(turns: readonly TurnPlan[], system?: string): readonly ChatItem[] {
  const items: ChatItem[] = system === undefined ? [] : [{ role: 'system', content: system }];
  let number = 0;
  for (const { user, calls = [], answer } of turns) {
    items.push({ role: 'user', content: user });
    for (const { tool, input = '{}', output } of calls) {
      number += 1;
      const id = `call_${number}`;
      const call = { id, type: 'function', function: { name: tool, arguments: input } };
      items.push({ role: 'assistant', content: null, tool_calls: [call] });
      items.push({ role: 'tool', tool_call_id: id, content: output });
    }
    if (answer !== undefined) items.push({ role: 'assistant', content: answer });
  }
  return items;
}
