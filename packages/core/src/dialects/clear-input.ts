import { fieldsOf, isFields } from './fields-of.ts';

/** What stands for an input that is a text. Where it must be JSON, an empty object does, as for LangChain. */
export const clearedInput = '[cleared to save context]';
export const clearedArguments = '{}';

/**
 * A copy of a call of the Responses API or the Agents SDK without its input: type, ids, names and paths stay. The
 * same item where it makes no call, where it has nothing to clear, and where the provider made the call itself.
 */
export function clearItemInput(item: object): object {
  const fields = fieldsOf(item);
  switch (fields.type) {
    case 'function_call':
      return withInput(item, 'arguments', clearedArguments);
    case 'custom_tool_call':
      return withInput(item, 'input', clearedInput);
    case 'shell_call':
      return withPart(item, 'action', 'commands', [clearedInput]);
    case 'local_shell_call':
      return withPart(item, 'action', 'command', [clearedInput]);
    case 'apply_patch_call':
      return withPart(item, 'operation', 'diff', clearedInput);
    case 'computer_call':
      return withoutTyped(item);
    default:
      return item;
  }
}

function withInput(item: object, key: string, input: string): object {
  return fieldsOf(item)[key] === input ? item : { ...item, [key]: input };
}

/** A deletion has no diff, and gets none. */
function withPart(item: object, key: string, part: string, value: unknown): object {
  const holder = fieldsOf(item)[key];
  if (!isFields(holder) || !(part in holder)) return item;
  const isCleared = JSON.stringify(holder[part]) === JSON.stringify(value);
  return isCleared ? item : { ...item, [key]: { ...holder, [part]: value } };
}

/** Of what was done at a screen only a typed text can be long. */
function withoutTyped(item: object): object {
  const fields = fieldsOf(item);
  const cleared = (action: unknown): unknown =>
    isFields(action) && action.type === 'type' && action.text !== clearedInput
      ? { ...action, text: clearedInput }
      : action;
  const action = cleared(fields.action);
  const given: readonly unknown[] = Array.isArray(fields.actions) ? fields.actions : [];
  const actions = given.map(cleared);
  const hasActions = actions.some((each, index) => each !== given[index]);
  if (action === fields.action && !hasActions) return item;
  return { ...item, ...(action === fields.action ? {} : { action }), ...(hasActions ? { actions } : {}) };
}
