import type { Defect } from './defect.ts';
import { newDefects } from './new-defects.ts';
import type { Comparison } from './new-defects.ts';
import type { RepairAction, Rule, Slot } from './rule.ts';

/** One thing that a repair did. */
export type RepairChange = {
  readonly action: RepairAction;
  /** The rule that was broken. */
  readonly rule: string;
  /** The position of the item in the list that was given; absent for an item that a repair inserted. */
  readonly index?: number;
  readonly message: string;
};

export type Repair<TItem> = {
  readonly items: readonly TItem[];
  /** In the order in which they were made; empty where nothing was wrong, and then the items are the same. */
  readonly changes: readonly RepairChange[];
};

/** What the provider of a format accepts. Pure; items of unknown types are never touched. */
export interface Validity<TItem> {
  /**
   * What the provider would refuse, by position; empty for a list that it accepts.
   *
   * @param input the list that the items come from, as the history before a compaction: then only what was not
   * wrong there counts, and also what the items have lost against it, as a call its reasoning.
   */
  validate(items: readonly TItem[], input?: readonly TItem[]): readonly Defect[];
  /** The list that it accepts instead. Repairing it again changes nothing. */
  repair(items: readonly TItem[]): Repair<TItem>;
}

/** The rules of a format, by a way to read its items. */
export type RulesOf<TRead> = (read: (item: object) => TRead) => {
  /** Repaired in their order. */
  readonly rules: readonly Rule[];
  /** What only a comparison shows. */
  readonly lost?: Comparison;
};

/** The same, for a caller who may have read an item already. */
interface KnownValidity<TRead> extends Validity<object> {
  validate(
    items: readonly object[],
    input?: readonly object[],
    readOf?: (item: object) => TRead | undefined,
  ): readonly Defect[];
}

/** Validity by rules. In each call an item is read once, however many rules look at it. */
export function validityOf<TRead>(
  read: (item: object) => TRead,
  rulesOf: RulesOf<TRead>,
): KnownValidity<TRead> {
  return {
    validate: (items, input, readOf) => {
      const once = readOnce(read);
      const { rules, lost } = rulesOf(readOf === undefined ? once : (item) => readOf(item) ?? once(item));
      const lenient = new Set(rules.filter(({ isLenient }) => isLenient === true).map(({ name }) => name));
      const find = (list: readonly object[]) => rules.flatMap((rule) => defectsOf(rule, list));
      const found = find(items);
      const defects =
        input === undefined
          ? found
          : [
              ...newDefects({ items, found, input, foundInInput: () => find(input), lenient }),
              ...(lost?.(items, input) ?? []),
            ];
      return defects.toSorted((left, right) => left.index - right.index);
    },
    repair: (items) => repairBy(rulesOf(readOnce(read)).rules, items),
  };
}

function readOnce<TRead>(read: (item: object) => TRead): (item: object) => TRead {
  const known = new Map<object, TRead>();
  return (item) => {
    const found = known.get(item);
    if (found !== undefined) return found;
    const made = read(item);
    known.set(item, made);
    return made;
  };
}

function defectsOf({ name, find }: Rule, items: readonly object[]): readonly Defect[] {
  return find(items).map(({ index, message }) => ({ index, rule: name, message }));
}

function repairBy(rules: readonly Rule[], items: readonly object[]): Repair<object> {
  let slots: readonly Slot[] = items.map((item, index) => ({ item, index }));
  const changes: RepairChange[] = [];
  // Each fix takes a defect away and can lay bare at most what hung on it: the bound is never met.
  for (let left = 20 * items.length + 20; left > 0; left -= 1) {
    const broken = firstBroken(rules, slots);
    if (broken === undefined) break;
    for (const finding of broken.findings) {
      const fixed = broken.rule.fix(slots, finding);
      const index = slots[finding.index]?.index;
      slots = fixed.slots;
      changes.push({
        action: fixed.action,
        rule: broken.rule.name,
        ...(index === undefined || fixed.action === 'inserted' ? {} : { index }),
        message: finding.message,
      });
    }
  }
  return changes.length === 0 ? { items, changes } : { items: slots.map(({ item }) => item), changes };
}

/** Fixes that only touch their own position are made together, from the end; others one at a time. */
function firstBroken(rules: readonly Rule[], slots: readonly Slot[]) {
  const items = slots.map(({ item }) => item);
  for (const rule of rules) {
    const findings = rule.find(items);
    if (findings.length === 0) continue;
    const byPosition = new Map(findings.map((finding) => [finding.index, finding]));
    const ordered = [...byPosition.values()].toSorted((left, right) => right.index - left.index);
    return { rule, findings: rule.isLocal ? ordered : ordered.slice(-1) };
  }
  return undefined;
}
