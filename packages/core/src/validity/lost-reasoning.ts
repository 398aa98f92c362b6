import type { ItemView } from '../item-view.ts';
import { fieldsOf, idOf } from '../dialects/fields-of.ts';
import type { Comparison } from './new-defects.ts';

/**
 * A call that followed its reasoning in the input may not stay without it: the API answers "was provided without
 * its required 'reasoning' item" (openai-agents-js and its users' issues, as 0xPlaygrounds/rig 751, mastra-ai/mastra
 * 8738). A list by itself does not show it: not every model reasons, and a history may have been stored without.
 */
export function lostReasoning(inspect: (item: object) => ItemView): Comparison {
  return (items, input) => {
    const led = ledCalls(input, inspect);
    if (led.size === 0) return [];
    const still = ledCalls(items, inspect);
    return items.flatMap((item, index) =>
      inspect(item)
        .calls.filter((id) => led.has(id) && !still.has(id))
        .map((id) => ({
          index,
          rule: 'call_without_reasoning',
          message: `call ${id} has lost its reasoning`,
        })),
    );
  };
}

/** Calls of the answers that begin with reasoning. An item without an id was never stored: nobody misses it. */
function ledCalls(items: readonly object[], inspect: (item: object) => ItemView): ReadonlySet<string> {
  const led = new Set<string>();
  let isLed = false;
  for (const item of items) {
    const { kind, role, calls } = inspect(item);
    if (kind === 'reasoning') isLed = isLed || idOf(fieldsOf(item)['id']) !== undefined;
    else if (role !== 'assistant') isLed = false;
    if (isLed) for (const id of calls) led.add(id);
  }
  return led;
}
