import { agents } from '@clew/core';
import type { AgentItem, ItemView, Protects } from '@clew/core';
import type { ProtectionRule } from './protection-rule.ts';

/**
 * What may never leave the context: single items, and whatever a rule names.
 *
 * Nothing is written on an item, since the SDK spreads an item's `providerData` into the request, where a mark of ours
 * would be an unknown parameter. An item is known by what it says, so that it is the same one after a session, a
 * filter or the runner has copied it; two items that say the same are protected together.
 */
export class ProtectedMemory {
  readonly #rules: readonly ProtectionRule[];
  readonly #labels = new Map<string, string>();
  /** Most items differ from all protected ones in their length already. */
  readonly #lengths = new Set<number>();
  #version = 0;

  constructor(rules: readonly ProtectionRule[] = []) {
    this.#rules = rules;
  }

  /** Keeps an item from now on. One that has left already is not brought back by this. */
  protect(item: AgentItem, label = 'protected'): void {
    const view = agents.inspect(item);
    this.#labels.set(keyOf(view), label);
    this.#lengths.add(view.text.length);
    this.#version += 1;
  }

  /** @returns whether it was protected by itself; a rule that names it holds on */
  release(item: AgentItem): boolean {
    this.#version += 1;
    return this.#labels.delete(keyOf(agents.inspect(item)));
  }

  /** Why an item is protected; `undefined` where it is not. */
  labelOf(item: AgentItem, view: ItemView = agents.inspect(item)): string | undefined {
    const own = this.#lengths.has(view.text.length) ? this.#labels.get(keyOf(view)) : undefined;
    return own ?? this.#rules.find(({ protects }) => protects(view, item))?.label;
  }

  /** For `new CompactManager({ isProtected })` and `clew({ isProtected })`. */
  readonly isProtected: Protects<AgentItem> = Object.assign(
    (view: ItemView, item: AgentItem) => this.labelOf(item, view) !== undefined,
    { version: () => this.#version },
  );
}

function keyOf({ kind, role, tool, calls, answers, mediaCount, text }: ItemView): string {
  return [kind, role, tool ?? '', calls.join(), answers.join(), mediaCount, text].join('\n');
}
