import { clearedArguments, clearedInput } from './clear-input.ts';
import { fieldsOf, isFields } from './fields-of.ts';

/** A copy of a message without the arguments of its calls; the same where it makes none, or has none left. */
export function clearChatInput(item: object): object {
  const fields = fieldsOf(item);
  if (fields.role !== 'assistant') return item;
  const given: readonly unknown[] = Array.isArray(fields.tool_calls) ? fields.tool_calls : [];
  const calls = given.map(clearedCall);
  const legacy = withoutArguments(fields.function_call);
  const hasCalls = calls.some((call, index) => call !== given[index]);
  if (!hasCalls && legacy === fields.function_call) return item;
  return {
    ...item,
    ...(hasCalls ? { tool_calls: calls } : {}),
    ...(legacy === fields.function_call ? {} : { function_call: legacy }),
  };
}

function clearedCall(call: unknown): unknown {
  if (!isFields(call)) return call;
  const made = withoutArguments(call.function);
  const { custom } = call;
  const hasInput = isFields(custom) && custom.input !== clearedInput;
  if (made === call.function && !hasInput) return call;
  return {
    ...call,
    ...(made === call.function ? {} : { function: made }),
    ...(hasInput ? { custom: { ...custom, input: clearedInput } } : {}),
  };
}

function withoutArguments(made: unknown): unknown {
  return isFields(made) && made.arguments !== clearedArguments
    ? { ...made, arguments: clearedArguments }
    : made;
}
